import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { becomes, phoneOf, receive, state } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('an emergency is answered within minutes, by two people, and told afterwards', async come => {
  const id = await receive('us_emergency')
  const olivia = await signIn(come, 'olivia')
  await olivia.sees('emergency')
  await olivia.open(id)
  await olivia.sees('a child of nine')
  await olivia.does('Verify requester', { How: 'Callback', Evidence: 'the duty agent answered', 'Number called': await phoneOf('fbi.gov') })

  const rosa = await signIn(come, 'rosa')
  await rosa.open(id)
  await rosa.fills('Review and decide', {})
  await rosa.answers('subscriber data', 'Permit')
  await rosa.answers('traffic data', 'Permit')
  await rosa.answers('stored content', 'Refuse', 'the addresses are enough to find the child')
  await rosa.sends('Review and decide')

  const rafael = await signIn(come, 'rafael')
  await rafael.open(id)
  await rafael.does('Approve the decision')
  const ready = await becomes(id, c => c.disclosures[0]?.status === 'ready')
  assert.equal(ready.notices.length, 0, 'the customer is told afterwards')
  await rafael.open(id)
  await rafael.does('Release the parcel', { 'Type the case': id })
  await becomes(id, c => c.disclosures[0].status === 'delivered')
  assert.deepEqual((await state(id)).disclosures[0].data, ['subscriber', 'traffic'])
})
