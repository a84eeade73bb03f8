import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { kind, links } from '../places.mjs'
import { faultsOf } from '../sound.mjs'
import { signIn } from '../staff.mjs'

const once = faults => [...new Set(faults)]

const people = ['rosa', 'olivia', 'mina', 'adam', 'tess']

task('every page that a link leads to is sound', async come => {
  const seen = new Set(), faults = []
  for (const name of people) {
    const who = await signIn(come, name)
    const waiting = [who.page.url()]
    while (waiting.length) {
      const to = waiting.shift()
      if (seen.has(kind(to))) continue
      seen.add(kind(to))
      const answer = await who.page.goto(to)
      if (answer.status() === 403) { seen.delete(kind(to)); continue } // for others
      assert.ok(answer.ok(), `${name} is led to ${to}: ${answer.status()}`)
      waiting.push(...await links(who.page))
      faults.push(...(await faultsOf(who.page)).map(f => `${kind(to)} (${name}): ${f}`))
    }
  }
  console.log(`looked at: ${[...seen].sort().join('  ')}`)
  assert.deepEqual(once(faults), [])
})
