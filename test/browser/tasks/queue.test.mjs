import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { receive, state } from '../office.mjs'
import { fill, signIn } from '../staff.mjs'

task('the next case is taken', async come => {
  await receive('us_subpoena_subscriber')
  const omar = await signIn(come, 'omar')
  const offered = (await omar.page.locator('form').filter({ hasText: 'Take the next case' }).innerText()).match(/LR-\d+-\d+/)[0]
  await omar.page.getByRole('button', { name: 'Take the next case' }).click()
  await omar.sees(offered, 'heading')
  assert.equal((await state(offered)).assignee, 'omar')
})

task('many cases are assigned at once', async come => {
  const ids = [await receive('us_subpoena_subscriber'), await receive('us_subpoena_subscriber')]
  const mina = await signIn(come, 'mina', { path: '/' })
  await mina.page.goto('/?sort=-received_at')
  for (const id of ids) await mina.page.getByRole('checkbox', { name: `Tick ${id}` }).check()
  await fill(mina.page.getByLabel('Assign those ticked to'), 'olivia')
  await mina.page.getByRole('button', { name: 'Assign', exact: true }).click()
  await mina.sees(/2 cases/)
  for (const id of ids) assert.equal((await state(id)).assignee, 'olivia')
})

task('a search is kept as a view', async come => {
  const rosa = await signIn(come, 'rosa')
  await rosa.page.getByRole('searchbox', { name: 'Search' }).fill('stage:legal_review country:US')
  await rosa.page.getByRole('button', { name: 'Search' }).click()
  await rosa.page.getByText('Save this view').click()
  await rosa.page.getByLabel('Name').first().fill('To be decided')
  await rosa.page.getByRole('button', { name: /^Save/ }).first().click()
  await rosa.sees('To be decided', 'link')
  await rosa.page.goto('/')
  await rosa.page.getByRole('link', { name: /^To be decided/ }).first().click()
  assert.match(await rosa.page.getByRole('searchbox', { name: 'Search' }).inputValue(), /legal_review/)
})
