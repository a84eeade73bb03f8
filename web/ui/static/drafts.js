// Keeps what is typed into an act's form, as its button “Keep for later” does: a little after the last key, and when the
// page is left.
(() => {
  const after = 3000

  for (const button of document.querySelectorAll('button[formaction*="/drafts/"]')) {
    const form = button.form
    const path = button.getAttribute('formaction')
    let timer = 0
    let dirty = false
    const note = document.createElement('small')
    note.setAttribute('role', 'status')
    button.after(' ', note)

    const body = () => {
      const typed = new URLSearchParams()
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') typed.append(name, value)
      return typed
    }

    async function keep() {
      dirty = false
      try {
        const answer = await fetch(path, { method: 'POST', body: body(), redirect: 'manual' })
        const kept = answer.ok || answer.type === 'opaqueredirect'
        note.textContent = kept ? 'Kept at ' + new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : 'Not kept: press “Keep for later”'
      } catch {
        dirty = true
        note.textContent = 'Not kept: no connection'
      }
    }

    form.addEventListener('input', () => {
      dirty = true
      clearTimeout(timer)
      timer = setTimeout(keep, after)
    })
    form.addEventListener('submit', () => {
      dirty = false
      clearTimeout(timer)
    })
    addEventListener('pagehide', () => {
      if (dirty) navigator.sendBeacon(path, body())
    })
  }
})()
