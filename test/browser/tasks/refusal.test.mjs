import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { becomes, mails, state, until, verified } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('what the law does not reach is refused, and the officer is told', async come => {
  const id = await verified('us_subpoena_content', r => { r.demand.data = ['content'] })
  const rosa = await signIn(come, 'rosa')
  await rosa.open(id)
  await rosa.sees('Content needs prior review by an independent judge.')
  await rosa.fills('Review and decide', {})
  await rosa.answers('stored content', 'Refuse')
  await rosa.sends('Review and decide')
  if ((await state(id)).waiting_on === 'approver') {
    const rafael = await signIn(come, 'rafael')
    await rafael.open(id)
    await rafael.does('Approve the decision')
  }
  const closed = await becomes(id, c => c.stage === 'closed')
  assert.equal(closed.resolution, 'refused')
  assert.equal(closed.disclosures.length, 0)
  await until('the officer has the answer', async () => (await mails(id)).length > 1)
  await rosa.open(id)
  await rosa.sees('refused')
})

task('a refusal cannot be turned into a permission', async come => {
  const id = await verified('us_subpoena_content')
  const rosa = await signIn(come, 'rosa')
  await rosa.open(id)
  await rosa.fills('Review and decide', {})
  await rosa.sees('It cannot be permitted')
  const content = rosa.page.getByRole('group', { name: 'Your answer to stored content', exact: true })
  assert.equal(await content.getByRole('radio', { name: 'Permit', exact: true }).count(), 0, 'it is not offered')
  await content.getByRole('radio', { name: 'Refuse', exact: true }).evaluate(radio => { radio.value = 'permit'; radio.checked = true })
  await rosa.form('Review and decide').getByLabel('Reason for the whole').fill('the officer asked politely')
  await rosa.sends('Review and decide')
  await rosa.sees('Not done')
  assert.equal((await state(id)).decision, null)
})
