import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { address, call, mails, scenario, state, becomes } from '../office.mjs'
import { links } from '../places.mjs'
import { signIn } from '../staff.mjs'

const hostile = [
  '"><script>alert(1)</script>', '\'><img src=x onerror=alert(2)>', '<svg onload=alert(3)>', '</textarea></title><iframe src=javascript:alert(4)>',
  '{{.}}${7*7}', '\u202Egnirts\u202C \u200F\u2066x', '=HYPERLINK("http://evil.example","x")', '+1+cmd|\'/C calc\'!A0', '@SUM(1)', '-2+3', '\t=1', '＝1+1', 'x\u0000y\r\nBcc: victim@example.net',
]

// texts are the paths of all fields of a request that hold free text.
const texts = ['authority.name', 'authority.unit', 'officer.name', 'officer.title', 'officer.badge', 'officer.address', 'officer.supervisor.name', 'officer.supervisor.phone',
  'instrument.number', 'instrument.issuer.name', 'instrument.legal_basis.0', 'demand.description', 'matter.reference', 'matter.offence', 'matter.offence_code',
  'emergency.harm', 'emergency.person_at_risk', 'emergency.why_imminent', 'emergency.why_necessary']

function put(object, path, value) {
  const names = path.split('.'), last = names.pop()
  names.reduce((at, name) => at[name], object)[last] = value
}

// submits sends a request and gives the case's id, or the faults that refused it.
async function submits(request) {
  const answer = await fetch(`${address}/api/v1/requests`, { method: 'POST', headers: { Authorization: `Bearer ${call.token('olivia')}`, 'Content-Type': 'application/json' }, body: JSON.stringify(request) })
  const said = await answer.json()
  assert.ok([201, 400].includes(answer.status), `${answer.status}: ${JSON.stringify(said)}`)
  return said
}

task('hostile text in every field of a request is text, on every page, in every mail and file', async come => {
  const ids = []
  for (const [i, text] of hostile.entries()) {
    const request = scenario('us_emergency')
    for (const path of texts) put(request, path, text)
    let said = await submits(request)
    if (said.errors) { // what a field does not take is said, and the rest is sent without it
      for (const e of said.errors) {
        assert.ok(e.message.length > 5, `a sentence for ${e.path}`)
        assert.ok(!JSON.stringify(said).includes('<script>'), 'the refusal does not echo it')
        put(request, e.path.replace(/\[(\d+)\]/g, '.$1'), `harmless ${i}`)
      }
      said = await submits(request)
    }
    assert.ok(said.case_id, JSON.stringify(said))
    ids.push(said.case_id)
  }
  await becomes(ids.at(-1), c => c.waiting_on !== 'system')
  await call('olivia', 'POST', `/api/v1/cases/${ids[0]}/actions/comment`, { text: hostile.join('\n') })

  for (const name of ['olivia', 'rosa']) {
    const who = await signIn(come, name)
    const pages = ['/', `/?q=${encodeURIComponent(hostile[0])}`]
    for (const id of ids) pages.push(`/cases/${id}`)
    await who.open(ids[0])
    pages.push(...(await links(who.page)).filter(to => to.includes(ids[0])))
    for (const path of pages) {
      await who.page.goto(path)
      const injected = await who.page.evaluate(() => ({
        elements: document.querySelectorAll('img[src="x"], iframe, svg[onload], [onerror], [onload], a[href^="javascript:"]').length,
        scripts: [...document.scripts].filter(s => !s.src.startsWith(location.origin + '/static/')).length,
      }))
      assert.deepEqual(injected, { elements: 0, scripts: 0 }, path)
    }
    await who.open(ids[0])
    await who.sees('"><script>alert(1)</script>')
  }
  for (const id of ids) {
    for (const mail of await mails(id)) {
      assert.ok(!/<script|onerror|victim@|HYPERLINK|\u202E/.test(JSON.stringify(mail)), `a mail of ${id} says what it must not`)
      assert.deepEqual(mail.to, [scenario('us_emergency').officer.email])
    }
  }
})

task('lists as files hold no formula', async come => {
  const olivia = await signIn(come, 'olivia')
  for (const path of ['/queue.csv', '/sla/load.csv', '/sla/breaches.csv']) {
    const answer = await olivia.visit.context.request.get(path)
    const text = await answer.text()
    assert.equal(answer.status(), 200, path)
    for (const cell of cells(text)) assert.ok(!/^[=+\-@\t\r＝＋－＠]/u.test(cell) || /^-?\d+(\.\d+)?$/.test(cell), `${path}: a cell begins a formula: ${cell.slice(0, 40)}`)
  }
})

// cells are those of a CSV file, without their quotes.
function cells(text) {
  return [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(m => (m[1] ?? m[2]).replaceAll('""', '"'))
}

task('ten thousand characters are shown, or refused in a sentence', async come => {
  const long = 'a long story '.repeat(800).slice(0, 10_000)
  const taken = scenario('us_subpoena_subscriber')
  const refusedAt = new Set()
  for (const path of texts) put(taken, path, long)
  const said = await submits(taken)
  for (const e of said.errors ?? []) refusedAt.add(e.path)
  for (const e of said.errors ?? []) assert.match(e.message, /\d|long|character/, `${e.path} says how long it may be`)
  for (const path of refusedAt) put(taken, path.replace(/\[(\d+)\]/g, '.$1'), 'short enough')
  const { case_id: id } = said.case_id ? said : await submits(taken)
  assert.ok(id)
  await becomes(id, c => c.waiting_on !== 'system')
  assert.ok((await state(id)).request.demand.description.length > 5)
  const olivia = await signIn(come, 'olivia')
  await olivia.open(id)
  const wide = await olivia.page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `the page is ${wide} too wide`)
})
