// Warns before a session ends, and puts its end off for whoever is still there. The server says when it ends; asking does
// not put that off.
(() => {
  const warnBefore = 5 * 60_000
  const every = 60_000
  let box = null

  function say(text, button) {
    if (!box) {
      box = document.createElement('div')
      box.className = 'banner warn ending'
      box.setAttribute('role', 'alert')
      document.body.append(box)
    }
    const p = document.createElement('p')
    p.textContent = text + ' '
    p.append(button)
    box.replaceChildren(p)
  }

  function hide() {
    if (box) box.remove()
    box = null
  }

  function stay() {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Stay signed in'
    button.addEventListener('click', async () => {
      await ask('POST', '/session/extend')
    })
    return button
  }

  function again() {
    const link = document.createElement('a')
    link.href = '/signin'
    link.target = '_blank'
    link.textContent = 'Sign in again in a new tab'
    return link
  }

  async function ask(method, path) {
    let answer
    try {
      answer = await fetch(path, { method, cache: 'no-store' })
    } catch {
      return // no line: nothing is known
    }
    if (answer.status === 401) {
      say('Your session has ended. What you typed stays on this page.', again())
      return
    }
    if (!answer.ok) return
    const { ends, whole } = await answer.json()
    const now = Date.parse(answer.headers.get('Date')) || Date.now() // the server's clock, where they differ
    const left = Date.parse(ends) - now
    if (left > warnBefore) {
      hide()
      return
    }
    const minutes = Math.max(1, Math.round(left / 60_000))
    const when = minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
    if (Date.parse(whole) <= Date.parse(ends)) say(`Your session ends ${when}, whatever you do: it has lasted as long as one may. What you type in forms is kept.`, again())
    else say(`Your session ends ${when}.`, stay())
  }

  ask('GET', '/session')
  setInterval(() => ask('GET', '/session'), every)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) ask('GET', '/session') })
})()
