import assert from 'node:assert/strict'
import { task } from '../../browser.mjs'
import { becomes, receive, wind } from '../../office.mjs'
import { signIn } from '../../staff.mjs'

task('a manager goes from the figures down to a case that is late, and gives it to somebody', async come => {
  const id = await receive('us_subpoena_subscriber')
  await wind('240h')
  await becomes(id, c => c.sla === 'breached')
  const mina = await signIn(come, 'mina')
  await mina.page.getByRole('link', { name: 'SLA' }).click()
  await mina.sees('Late now', 'heading')
  const goes = async link => {
    const here = mina.page.url()
    await mina.page.getByRole('link', { name: link }).click()
    await mina.page.waitForURL(to => to.href !== here) // a click does not wait for the page that it leads to
  }
  await goes('All that are late, in the queue')
  while (!await mina.page.getByRole('link', { name: id }).count()) await goes('Next page')
  await mina.page.getByRole('link', { name: id }).first().click()
  await mina.sees(/overdue/)
  await mina.does('Assign the case', { To: 'omar' })
  assert.equal((await becomes(id, c => c.assignee !== '')).assignee, 'omar')

  const file = await mina.visit.context.request.get('/sla/load.csv')
  assert.equal(file.status(), 200)
  assert.match(await file.text(), /^assignee,open,due_soon,breached,paused/)
})
