// What every page must be, whoever looks at it and how: without a finding of axe, in light and in dark; readable at 400 %
// (a window of 320 by 256) without moving it sideways, but for tables in a region of their own; no text over another; with
// nothing that a palette forced on it makes invisible.
import { AxeBuilder } from '@axe-core/playwright'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const colours = ['color-contrast', 'link-in-text-block'] // all that dark can change

const desktop = { width: 1280, height: 800 }
const zoomed = { width: 320, height: 256 }

// faultsOf looks at a page in every way and says what is wrong with it. Whatever is folded away is opened first.
export async function faultsOf(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true }))
  const faults = [
    ...await axe(page, b => b.withTags(tags), 'light'),
    ...await inMedia(page, { colorScheme: 'dark' }, () => axe(page, b => b.withRules(colours), 'dark')),
    ...await inMedia(page, { forcedColors: 'active' }, () => page.evaluate(vanished)),
  ]
  faults.push(...await page.evaluate(overlaps, 'desk'))
  await page.setViewportSize(zoomed)
  faults.push(...await page.evaluate(sideways), ...await page.evaluate(overlaps, '400 %'))
  await page.setViewportSize(desktop)
  return faults
}

async function axe(page, choose, how) {
  const { violations } = await choose(new AxeBuilder({ page })).analyze()
  return violations.flatMap(v => v.nodes.map(n => `${how}: ${v.id}: ${n.target} ${n.html.slice(0, 160)} ${n.failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 200)}`))
}

async function inMedia(page, media, look) {
  await page.emulateMedia(media)
  await page.evaluate(drawAnew)
  const found = await look()
  await page.emulateMedia(Object.fromEntries(Object.keys(media).map(name => [name, null])))
  return found
}

// drawAnew, in the page: this chromium leaves some backgrounds in the colours of before when only the media change.
function drawAnew() {
  document.documentElement.hidden = true
  document.documentElement.getBoundingClientRect()
  document.documentElement.hidden = false
}

// sideways, in the page: what is wider than the window, or cut off, outside a region that scrolls by itself and can be
// reached by keyboard.
function sideways() {
  const faults = []
  const wide = document.scrollingElement.scrollWidth
  if (wide > innerWidth) faults.push(`400 %: the page is ${wide} wide in a window of ${innerWidth}`)
  const scrolls = e => {
    for (let at = e; at; at = at.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) && at !== document.documentElement && at !== document.body) return true
      if (at.matches('textarea, input, select')) return true
    }
    return false
  }
  const hidden = e => { const s = getComputedStyle(e); return s.clip !== 'auto' || s.clipPath !== 'none' || s.visibility === 'hidden' || s.display === 'none' }
  for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect()
    if (!box.width || hidden(e) || [...e.childNodes].every(n => n.nodeType !== Node.TEXT_NODE || !n.data.trim()) || scrolls(e)) continue
    if (e.closest('svg')) continue // scaled as a whole
    if (box.right > innerWidth + 1 || box.left < -1) {
      if (!(box.right <= 0)) faults.push(`400 %: ${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 50)}" reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`)
    }
    if (getComputedStyle(e).overflow === 'hidden' && e.scrollWidth > e.clientWidth + 1) faults.push(`400 %: ${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 50)}" is cut off`)
  }
  for (const region of document.body.querySelectorAll('*')) {
    if (region.scrollWidth > region.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(region).overflowX) && !region.matches('textarea, input, select, body')) {
      const inside = region.querySelector('a[href], button, input, select, textarea, [tabindex="0"]')
      if (region.tabIndex !== 0 && !inside) faults.push(`400 %: a region that scrolls sideways cannot be reached by keyboard: ${region.outerHTML.slice(0, 100)}`)
    }
  }
  return faults
}

// overlaps, in the page: text that stands on other text, outside regions that scroll. What a style sheet writes before an element has no box that can be
// asked for, so it must take room of its own.
function overlaps(how) {
  const faults = [], boxes = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const s = n.data.trim() && getComputedStyle(n.parentElement)
    if (!s || s.visibility === 'hidden' || n.parentElement.closest('svg, script, style, option, textarea, [aria-hidden=true]') || hiddenAway(n.parentElement)) continue
    const range = document.createRange()
    range.selectNodeContents(n)
    for (const r of range.getClientRects()) if (r.width > 1 && r.height > 1) boxes.push({ n, r })
  }
  function hiddenAway(e) {
    for (let at = e; at; at = at.parentElement) { const s = getComputedStyle(at); if (s.clip !== 'auto' || s.clipPath !== 'none' || s.opacity === '0' || s.overflowY !== 'visible' && at !== document.body && at !== document.documentElement) return true }
    return false
  }
  boxes.sort((a, b) => a.r.top - b.r.top)
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].r.top < a.r.bottom - 6; j++) {
      const b = boxes[j]
      const wide = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left)
      const high = Math.min(a.r.bottom, b.r.bottom) - b.r.top
      if (a.n !== b.n && wide > 3 && high > 6) faults.push(`${how}: "${a.n.data.trim().slice(0, 40)}" stands on "${b.n.data.trim().slice(0, 40)}"`)
    }
  })
  for (const e of document.body.querySelectorAll('td[data-label]')) {
    const label = getComputedStyle(e, '::before')
    if (label.content !== 'none' && label.position === 'absolute') { faults.push(`${how}: the label "${e.dataset.label}" takes no room`); break }
  }
  return faults
}

// vanished, in the page: what a forced palette leaves without a border or a mark where only colour had told it apart.
function vanished() {
  const faults = []
  const canvas = getComputedStyle(document.body).backgroundColor
  const luminous = c => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return 0.2126 * r + 0.7152 * g + 0.0722 * b }
  for (const e of document.body.querySelectorAll('button, input:not([type=hidden]), select, textarea')) {
    const s = getComputedStyle(e)
    if (!e.getBoundingClientRect().width || s.visibility === 'hidden' || s.opacity === '0' || ['checkbox', 'radio'].includes(e.type)) continue
    const bordered = ['Top', 'Right', 'Bottom', 'Left'].some(side => parseFloat(s[`border${side}Width`]) > 0 && s[`border${side}Style`] !== 'none')
    if (!bordered && s.backgroundColor === canvas && s.textDecorationLine === 'none') faults.push(`forced colours: no edge: ${e.outerHTML.slice(0, 120)}`)
  }
  for (const e of document.body.querySelectorAll('svg rect, svg path, svg circle, svg line, svg polyline')) {
    const s = getComputedStyle(e)
    const seen = [s.fill, s.stroke].filter(c => c && c !== 'none' && !c.startsWith('url') && !/^rgba\(.*, 0\)$/.test(c))
    if (e.closest('defs') || !e.getBoundingClientRect().width || !seen.length || e.closest('[aria-hidden=true]')) continue
    if (seen.every(c => Math.abs(luminous(c) - luminous(canvas)) < 12)) faults.push(`forced colours: drawn in the colour of the paper: ${e.outerHTML.slice(0, 120)}`)
  }
  return faults
}
