import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { act, verified } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('who looks at a case is told that somebody has changed it, and keeps what was typed', async come => {
  const id = await verified('us_subpoena_subscriber')
  const olivia = await signIn(come, 'olivia', { path: `/cases/${id}` })
  await olivia.fills('Add an internal note', { Note: 'half a thought' })
  await act('rosa', id, 'comment', { text: 'the officer rang' })
  await olivia.sees(/Updated by rosa/i)
  assert.equal(await olivia.form('Add an internal note').getByLabel('Note').inputValue(), 'half a thought', 'nothing typed is lost')
  const stands = () => olivia.page.locator('.live').evaluate(e => getComputedStyle(e).position)
  assert.equal(await stands(), 'sticky')
  await olivia.page.setViewportSize({ width: 320, height: 256 })
  assert.equal(await stands(), 'static', 'enlarged, it covers nothing')
  await olivia.page.getByRole('link', { name: /show/i }).first().click()
  await olivia.sees('the officer rang')
})
