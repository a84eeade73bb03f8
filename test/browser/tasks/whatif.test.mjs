import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { call } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('a reviewer asks the policy what it would answer, and nothing is stored', async come => {
  const rosa = await signIn(come, 'rosa', { path: '/' })
  await rosa.page.getByRole('link', { name: 'Policy' }).click()
  await rosa.page.getByRole('link', { name: /what.if/i }).first().click()
  const request = rosa.page.getByLabel('The request')
  const asked = JSON.parse(await request.inputValue())
  asked.demand.data = ['subscriber', 'content']
  asked.instrument.type = 'grand_jury_subpoena'
  asked.matter.reference = 'what-if-7731'
  await request.fill(JSON.stringify(asked, null, 2))
  await rosa.page.getByRole('button', { name: 'Ask the policy' }).click()
  await rosa.sees(/^Answer:/, 'heading')
  await rosa.sees('us.content.warrant', 'link')
  await rosa.sees('us.subscriber.process', 'link')

  await request.fill('{"channel": "pigeon"}')
  await rosa.page.getByRole('button', { name: 'Ask the policy' }).click()
  await rosa.page.getByRole('alert').filter({ hasText: 'channel' }).waitFor()
  assert.equal(await request.inputValue(), '{"channel": "pigeon"}', 'what was typed stays')
  assert.equal((await call('tess', 'GET', '/api/v1/cases?q=7731')).total, 0, 'nothing is stored')
})
