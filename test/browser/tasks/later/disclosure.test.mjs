import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { task } from '../../browser.mjs'
import { becomes, linkIn, phoneOf, receive, state, verbs, wind } from '../../office.mjs'
import { signIn } from '../../staff.mjs'

task('a warrant for content goes from sign-in to a released disclosure, by two reviewers', async come => {
  const id = await receive('us_warrant_all')

  const olivia = await signIn(come, 'olivia')
  await olivia.open(id)
  await olivia.does('Verify requester', { How: 'Callback', Evidence: 'the switchboard put us through', 'Number called': await phoneOf('fbi.gov') })
  await olivia.sees('Legal review')

  const rosa = await signIn(come, 'rosa')
  await rosa.open(id)
  await rosa.does('Review and decide')
  await rosa.sees('Nobody has approved yet.')
  await rosa.seesNot('You approve the decision')

  const rafael = await signIn(come, 'rafael')
  await rafael.open(id)
  await rafael.does('Approve the decision')
  const told = await becomes(id, c => c.notices[0]?.status === 'sent')
  assert.equal(told.stage, 'customer_notice')
  await rafael.open(id)
  await rafael.seesNot('Type the case')

  await wind('192h')
  await becomes(id, c => c.disclosures[0]?.status === 'ready')
  await rafael.open(id)
  await rafael.does('Release the parcel', { 'Type the case': 'LR-2026-999999' })
  await rafael.sees('Not done')
  assert.equal((await state(id)).disclosures[0].status, 'ready')
  await rafael.does('Release the parcel', { 'Type the case': id })
  await becomes(id, c => c.disclosures[0].status === 'delivered')

  const officer = await come({ acceptDownloads: true })
  const parcel = await readFile(await officer.downloads(await linkIn(id, '/portal/delivery/')))
  assert.ok(parcel.includes('records/content.csv'), 'the parcel holds what was asked')

  const closed = await becomes(id, c => c.stage === 'closed')
  assert.equal(closed.resolution, 'disclosed')
  await rosa.open(id)
  await rosa.sees('disclosed')
  const done = await verbs(id)
  for (const verb of ['verified', 'reviewed', 'approved', 'notice_sent', 'released', 'delivered', 'downloaded']) {
    assert.equal(done.filter(v => v === verb).length, 1, verb)
  }
})
