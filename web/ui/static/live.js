// Says when somebody else has changed the case that a page shows: who, and a link to see it. What is typed stays.
(() => {
  const at = document.querySelector('[data-live]')
  if (!at || !window.EventSource) return
  const source = new EventSource(at.dataset.live)

  source.addEventListener('changed', e => {
    const { by } = JSON.parse(e.data)
    const link = document.createElement('a')
    link.href = location.pathname + location.search
    link.textContent = 'Show'
    const p = document.createElement('p')
    p.textContent = (by ? `Updated by ${by}. ` : 'Updated. ')
    p.append(link)
    at.className = 'banner info live'
    at.replaceChildren(p)
  })
  source.addEventListener('over', () => source.close())
  addEventListener('pagehide', () => source.close())
})()
