import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { becomes, phoneOf, receive, state } from '../office.mjs'

// Hands are on the keyboard alone: nothing here is clicked, no field is filled but by typing into what has the focus.
class Hands {
  constructor(visit) { this.page = visit.page }

  // focused is what has the focus: its role's name as people hear it, and whether they can see that it has it.
  focused() {
    return this.page.evaluate(() => {
      const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect()
      const label = e.labels?.[0]?.innerText ?? e.getAttribute('aria-label') ?? e.innerText ?? ''
      const groups = [...document.querySelectorAll('fieldset')].filter(f => f.contains(e)).map(f => f.querySelector('legend')?.innerText.trim())
      const marked = e.type === 'date' // its parts are marked by the browser itself
        || s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none'
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2)
      return {
        tag: e.tagName.toLowerCase(), type: e.type ?? '', label: label.trim(), groups, value: e.value ?? '', marked,
        covered: Boolean(top && !e.contains(top) && !top.contains(e) && !e.labels?.[0]?.contains(top)), whole: e.outerHTML.slice(0, 120),
      }
    })
  }

  // to goes on, by Tab, until something of that name has the focus; each step must show where it is.
  async to(name, where = () => true) {
    for (let steps = 0; steps < 300; steps++) {
      await this.page.keyboard.press('Tab')
      const at = await this.focused()
      if (at.tag === 'body') continue
      assert.ok(at.marked, `it cannot be seen that this has the focus: ${at.whole}`)
      assert.ok(!at.covered, `what has the focus is covered: ${at.whole}`)
      if (at.label.startsWith(name) && where(at)) return at
    }
    assert.fail(`Tab does not lead to "${name}" at ${this.page.url()}`)
  }

  async enter() {
    await Promise.all([this.page.waitForNavigation(), this.page.keyboard.press('Enter')])
  }

  // chooses, in a group of radio buttons, by the arrows.
  async chooses(group, answer) {
    let at = await this.to('', x => x.type === 'radio' && x.groups.includes(group))
    for (let n = 0; n < 8 && at.label !== answer; n++) {
      await this.page.keyboard.press('ArrowDown')
      at = await this.focused()
    }
    assert.equal(at.label, answer)
    await this.page.keyboard.press('Space')
  }

  async types(name, text, where) {
    await this.to(name, where)
    await this.page.keyboard.type(text)
  }
}

task('one decision is made by the keyboard alone, from sign-in to approval', async come => {
  const id = await receive('us_subpoena_content')
  const phone = await phoneOf('fbi.gov')

  const signsIn = async name => {
    const hands = new Hands(await come())
    await hands.page.goto(`/cases/${id}`)
    await hands.to('Sign in')
    await hands.enter()
    await hands.to(name)
    await hands.enter()
    await hands.page.getByRole('heading', { name: id }).waitFor()
    return hands
  }

  const olivia = await signsIn('olivia')
  await olivia.to('Verify requester')
  await olivia.page.keyboard.press('Enter')
  await olivia.to('How')
  await olivia.page.keyboard.type('Callback')
  await olivia.types('Evidence', 'the switchboard put us through')
  await olivia.types('Number called', phone)
  await olivia.to('Verify requester', at => at.tag === 'button')
  await olivia.enter()
  await becomes(id, c => c.stage === 'legal_review')

  const rosa = await signsIn('rosa')
  await rosa.to('Review and decide', at => at.tag === 'a')
  await rosa.enter()
  await rosa.chooses('Your answer to subscriber data', 'Permit')
  await rosa.chooses('Your answer to stored content', 'Refuse')
  await rosa.to('Review and decide', at => at.tag === 'button')
  await rosa.enter()
  await becomes(id, c => c.decision?.by === 'rosa')

  const rafael = await signsIn('rafael')
  await rafael.to('Approve the decision', at => at.tag === 'a')
  await rafael.enter()
  await rafael.to('Approve the decision', at => at.tag === 'button')
  await rafael.enter()
  await becomes(id, c => c.stage === 'customer_notice')
  assert.equal((await state(id)).approvals.given[0].by, 'rafael')
})

task('the first Tab of a page leads past its head', async come => {
  const hands = new Hands(await come())
  for (const path of ['/signin', '/portal/']) {
    await hands.page.goto(path)
    await hands.page.keyboard.press('Tab')
    assert.equal((await hands.focused()).label, 'Skip to the content')
    await hands.page.keyboard.press('Enter')
    await hands.page.waitForFunction(() => document.activeElement.id === 'main')
  }
})
