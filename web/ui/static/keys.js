// Single keys for those who work all day with the list; they are switched off in the settings, and wherever one types.
(() => {
  const keys = [['j, k', 'the next, the previous row'], ['o', 'open the row'], ['x', 'tick the row'], ['/', 'go to the search box'], ['g q', 'go to the queue'], ['?', 'show the keys'], ['Ctrl K', 'go anywhere']]
  let went = 0 // when g was pressed

  const rows = () => [...document.querySelectorAll('main table tbody tr')].filter((row) => row.querySelector('a[href]'))
  const here = (all) => all.findIndex((row) => row.contains(document.activeElement))

  function move(by) {
    const all = rows()
    if (all.length === 0) return
    const at = here(all)
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))
    const link = all[to].querySelector('a[href]')
    link.focus()
    all[to].scrollIntoView({ block: 'nearest' })
  }

  function inRow(selector) {
    const all = rows()
    const at = here(all)
    return at < 0 ? null : all[at].querySelector(selector)
  }

  function search() {
    const box = document.querySelector('main input[type="search"]')
    if (box) box.focus()
    else location.href = '/'
  }

  function help() {
    const dialog = document.createElement('dialog')
    dialog.setAttribute('aria-label', 'Keys')
    const list = document.createElement('dl')
    list.className = 'facts keys'
    for (const [key, does] of keys) {
      const dt = document.createElement('dt')
      for (const one of key.split(/[ ,]+/)) {
        const kbd = document.createElement('kbd')
        kbd.textContent = one
        dt.append(kbd, ' ')
      }
      const dd = document.createElement('dd')
      dd.textContent = does
      list.append(dt, dd)
    }
    const off = document.createElement('a')
    off.href = '/settings/mine'
    off.textContent = 'Switch single keys off'
    const close = document.createElement('button')
    close.type = 'button'
    close.textContent = 'Close'
    close.addEventListener('click', () => dialog.close())
    const foot = document.createElement('p')
    foot.className = 'buttons'
    foot.append(close, off)
    const head = document.createElement('h2')
    head.textContent = 'Keys'
    dialog.append(head, list, foot)
    dialog.addEventListener('close', () => dialog.remove())
    document.body.append(dialog)
    dialog.showModal()
  }

  const does = {
    j: () => move(1),
    k: () => move(-1),
    o: () => inRow('a[href]')?.click(),
    x: () => inRow('input[type="checkbox"]')?.click(),
    '/': search,
    '?': help,
    g: () => { went = Date.now() },
    q: () => { if (Date.now() - went < 1500) location.href = '/' },
  }

  const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || target.matches('select, textarea, input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"])'))

  document.addEventListener('keydown', (event) => {
    if (document.body.dataset.keys === 'off' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (typing(event.target) || document.querySelector('dialog[open]')) return
    const act = does[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })

  // One tick for all of the list.
  const head = document.querySelector('table.queue thead th.tick')
  if (head) {
    const all = document.createElement('input')
    all.type = 'checkbox'
    all.setAttribute('aria-label', 'Tick all')
    all.addEventListener('change', () => document.querySelectorAll('table.queue tbody input[type="checkbox"]').forEach((box) => { box.checked = all.checked }))
    head.replaceChildren(all)
  }
})()
