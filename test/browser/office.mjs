// The running office, as its programs speak to it: requests sent in, acts by people who are not in the scene, time wound
// forward, mail that was caught. What a test is about is done in the browser; this brings it there.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

export const address = process.env.OFFICE_URL ?? 'http://127.0.0.1:8080'
const tokens = JSON.parse(readFileSync(process.env.OFFICE_TOKENS ?? '.local/tokens.json', 'utf8'))

const patience = 60_000 // milliseconds; see browser.mjs
const between = 50

// call speaks to the API; the answer's status is asserted, its JSON returned.
export async function call(who, method, path, body, status = 200) {
  const answer = await fetch(address + path, {
    method,
    headers: { ...(tokens[who] && { Authorization: `Bearer ${tokens[who]}` }), 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const said = await answer.text()
  assert.equal(answer.status, status, `${method} ${path} by ${who}: ${said}`)
  return said && answer.headers.get('content-type')?.includes('json') ? JSON.parse(said) : said
}

call.token = who => tokens[who]

// scenario is a request of policy/testdata, to be changed by whoever needs another.
export function scenario(name) {
  const file = new URL(`../../policy/testdata/cases/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).request
}

// receive sends a request in and waits until the policy has answered and somebody must act.
export async function receive(name, change = () => {}) {
  const request = scenario(name)
  change(request)
  const { case_id: id } = await call('olivia', 'POST', '/api/v1/requests', request, 201)
  await becomes(id, c => c.waiting_on !== 'system')
  return id
}

export const act = (who, id, action, body = {}) => call(who, 'POST', `/api/v1/cases/${id}/actions/${action}`, body)
export const state = id => call('tess', 'GET', `/api/v1/cases/${id}`)
export const events = async id => (await call('tess', 'GET', `/api/v1/cases/${id}/events`)).events
export const verbs = async id => (await events(id)).map(e => e.verb)

// until asks again and again, and gives what was true at last.
export async function until(what, ask) {
  for (const end = Date.now() + patience; ;) {
    const found = await ask()
    if (found) return found
    if (Date.now() > end) assert.fail(`waited in vain until ${what}`)
    await new Promise(resolve => setTimeout(resolve, between))
  }
}

// becomes waits until a case is as wanted.
export function becomes(id, wanted) {
  return until(`${id} is as ${wanted}`, async () => {
    const c = await state(id)
    return wanted(c) && c
  })
}

// wind lets time pass for everybody; every open case lives through it.
export const wind = by => call('', 'POST', '/dev/clock', { advance: by })

// mails are those caught that name a case, in the order in which they came.
export async function mails(id, about = '') {
  return (await call('', 'GET', '/dev/mail.json')).filter(m => m.subject.includes(id) && m.subject.includes(about))
}

// linkIn waits for a mail and gives the address in it that has such a path.
export function linkIn(id, path) {
  return until(`a mail of ${id} leads to ${path}`, async () => {
    const texts = (await mails(id)).map(m => m.text).join('\n')
    return texts.match(new RegExp(`http\\S+${path}[A-Za-z0-9_-]*`))?.[0]
  })
}

// phoneOf is the number that the contact book has for an authority's domain.
export async function phoneOf(domain) {
  const { authorities } = await call('olivia', 'GET', '/api/v1/authorities')
  return authorities.find(a => a.domains.includes(domain)).phones[0]
}

// verified is a case whose officer has been called back: it waits for its review.
export async function verified(name, change) {
  const id = await receive(name, change)
  const { request } = await state(id)
  const phone = await phoneOf(request.officer.email.split('@')[1])
  await act('olivia', id, 'verify_requester', { method: 'callback', evidence: 'called the switchboard', phone })
  return id
}

// reviewed is a case that rosa has answered as it was determined; whatever the policy left to a person is refused.
export async function reviewed(name, change) {
  const id = await verified(name, change)
  const { determination } = await state(id)
  const answer = a => ({ answer: a.answer === 'escalate' ? 'refuse' : a.answer, ...(a.answer === 'escalate' && { reason: 'not shown to be necessary' }) })
  const answers = [
    ...determination.answers.map(a => ({ data: a.data, ...answer(a) })),
    ...(determination.actions ?? []).map(a => ({ action: a.action, ...answer(a) })),
  ]
  const left = determination.answers.some(a => a.answer === 'escalate')
  await act('rosa', id, 'review', { answers, ...(left && { reason: 'content stays with us' }) })
  return id
}

// approved is a case that rafael has agreed to, where a second person must.
export async function approved(name, change) {
  const id = await reviewed(name, change)
  const c = await state(id)
  if (c.waiting_on === 'approver') await act('rafael', id, 'approve', { decision: c.decision.sha256 })
  return id
}
