// Ctrl-K: go to a page, a view, a case by its number, an action of the case that is open, or search.
(() => {
  const caseID = /^(?:lr-)?(\d{4})-(\d{1,9})$/i
  let dialog = null

  function places() {
    const out = []
    const add = (text, go) => out.push({ text: text.replace(/\s+/g, ' ').trim(), go })
    for (const link of document.querySelectorAll('.actions details[id] > summary')) {
      const form = link.parentElement
      add('Do: ' + link.textContent, () => { form.open = true; location.hash = form.id; form.querySelector('input:not([type="hidden"]), select, textarea, button')?.focus() })
    }
    for (const link of document.querySelectorAll('.nav a')) add(link.textContent, () => { location.href = link.href })
    for (const link of document.querySelectorAll('.tabs a')) add('View: ' + link.firstChild.textContent, () => { location.href = link.href })
    add('My settings', () => { location.href = '/settings/mine' })
    return out
  }

  function matches(typed) {
    const text = typed.trim()
    const words = text.toLowerCase().split(/\s+/)
    const found = places().filter((place) => words.every((word) => place.text.toLowerCase().includes(word)))
    const id = caseID.exec(text)
    if (id) {
      const whole = `LR-${id[1]}-${id[2].padStart(6, '0')}`
      found.unshift({ text: 'Case ' + whole, go: () => { location.href = '/cases/' + whole } })
    }
    if (text) found.push({ text: `Search the queue for ${text}`, go: () => { location.href = '/?' + new URLSearchParams({ q: text }) } })
    return found.slice(0, 12)
  }

  function open() {
    dialog = document.createElement('dialog')
    dialog.className = 'palette'
    dialog.setAttribute('aria-label', 'Go to')
    const input = document.createElement('input')
    input.type = 'text'
    input.autocomplete = 'off'
    input.spellcheck = false
    input.placeholder = 'A page, a view, a case’s number, or words'
    for (const [name, value] of [['role', 'combobox'], ['aria-label', 'Go to'], ['aria-controls', 'palette'], ['aria-expanded', 'true'], ['aria-autocomplete', 'list']]) input.setAttribute(name, value)
    const list = document.createElement('ul')
    list.id = 'palette'
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', 'Places')
    dialog.append(input, list)
    let found = []
    let at = 0

    function choose(n) {
      at = (n + found.length) % found.length
      ;[...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)))
      input.setAttribute('aria-activedescendant', 'palette-' + at)
      list.children[at]?.scrollIntoView({ block: 'nearest' })
    }

    function show() {
      found = matches(input.value)
      list.replaceChildren(...found.map((place, i) => {
        const item = document.createElement('li')
        item.id = 'palette-' + i
        item.setAttribute('role', 'option')
        item.textContent = place.text
        item.addEventListener('click', () => go(i))
        return item
      }))
      input.setAttribute('aria-expanded', String(found.length > 0))
      if (found.length > 0) choose(0)
      else input.removeAttribute('aria-activedescendant')
    }

    function go(i) {
      const place = found[i]
      dialog.close()
      place?.go()
    }

    input.addEventListener('input', show)
    input.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') choose(at + 1)
      else if (event.key === 'ArrowUp') choose(at - 1)
      else if (event.key === 'Enter') go(at)
      else return
      event.preventDefault()
    })
    dialog.addEventListener('close', () => { dialog.remove(); dialog = null })
    document.body.append(dialog)
    dialog.showModal()
    show()
    input.focus()
  }

  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k' || event.altKey || event.shiftKey) return
    event.preventDefault()
    if (dialog) dialog.close()
    else if (!document.querySelector('dialog[open]')) open()
  })
})()
