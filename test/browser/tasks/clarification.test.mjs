import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { becomes, mails, receive, scenario, until, verbs } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('a defect is asked about, and the answer goes on to review', async come => {
  const id = await receive('face_unsigned')
  const olivia = await signIn(come, 'olivia')
  await olivia.open(id)
  await olivia.sees('The order is not signed')
  await olivia.does('Ask clarification')
  await becomes(id, c => c.waiting_on === 'authority')
  await until('the question is mailed', async () => (await mails(id)).length > 1)
  await until('that is written down', async () => (await verbs(id)).filter(v => v === 'letter_sent').length > 1)

  const signed = scenario('face_unsigned')
  signed.instrument.signed = true
  await olivia.open(id)
  await olivia.does('Receive clarification', { 'Request and reason': JSON.stringify({ request: signed }) })
  const answered = await becomes(id, c => c.waiting_on !== 'authority' && c.determination?.findings.length === 0)
  assert.equal(answered.request.instrument.signed, true)
})
