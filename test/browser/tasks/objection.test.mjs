import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { approved, becomes, linkIn } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('the customer objects on the notice page; a reviewer weighs it, and the case goes back to review', async come => {
  const id = await approved('us_subpoena_subscriber')
  const customer = await come({ locale: 'en-GB' })
  await customer.page.goto(await linkIn(id, '/notice/'))
  await customer.page.getByRole('textbox').first().fill('The account is my newspaper\'s, and names its sources.')
  await customer.page.getByRole('button', { name: /object/i }).click()
  await becomes(id, c => c.objections[0]?.status === 'open')

  const rosa = await signIn(come, 'rosa')
  await rosa.open(id)
  await rosa.sees('names its sources')
  await rosa.does('Resolve objection', { Outcome: 'Sustained', Reason: 'sources are protected; to be weighed again' })
  const back = await becomes(id, c => c.objections[0].status === 'sustained')
  assert.equal(back.stage, 'legal_review')
})
