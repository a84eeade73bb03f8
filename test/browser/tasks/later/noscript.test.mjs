import assert from 'node:assert/strict'
import { task } from '../../browser.mjs'
import { becomes, linkIn, phoneOf, receive, wind } from '../../office.mjs'
import { signIn } from '../../staff.mjs'

task('without scripts, a request goes from sign-in to the officer all the same', async come => {
  const plain = { javaScriptEnabled: false }
  const id = await receive('us_subpoena_subscriber')

  const olivia = await signIn(come, 'olivia', plain)
  await olivia.open(id)
  await olivia.does('Verify requester', { How: 'Callback', Evidence: 'the switchboard put us through', 'Number called': await phoneOf('fbi.gov') })
  await becomes(id, c => c.stage === 'legal_review')

  const rosa = await signIn(come, 'rosa', plain)
  await rosa.open(id)
  await rosa.fills('Review and decide', {})
  await rosa.answers('subscriber data', 'Permit')
  await rosa.sends('Review and decide')
  await becomes(id, c => c.notices[0]?.status === 'sent')

  await wind('192h')
  await becomes(id, c => c.disclosures[0]?.status === 'ready')
  await rosa.open(id)
  await rosa.does('Release the parcel', { 'Type the case': id })
  await becomes(id, c => c.disclosures[0].status === 'delivered')

  const officer = await come({ ...plain, acceptDownloads: true })
  assert.ok(await officer.downloads(await linkIn(id, '/portal/delivery/')))
  assert.equal((await becomes(id, c => c.stage === 'closed')).resolution, 'disclosed')
})
