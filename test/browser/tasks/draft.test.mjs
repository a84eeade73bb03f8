import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { receive, verbs } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('what was typed outlives the session', async come => {
  const id = await receive('us_subpoena_subscriber')
  const olivia = await signIn(come, 'olivia')
  await olivia.open(id)
  await olivia.fills('Add an internal note', { Note: 'a long note that nobody wants to type twice' })
  await olivia.page.context().clearCookies()
  await olivia.sends('Add an internal note')
  await olivia.page.getByRole('link', { name: 'Sign in' }).waitFor()
  assert.ok(!(await verbs(id)).includes('commented'), 'nothing is done without a session')
})

task('a form is kept for later, and is there after signing in again', async come => {
  const id = await receive('us_subpoena_subscriber')
  const olivia = await signIn(come, 'olivia')
  await olivia.open(id)
  await olivia.fills('Add an internal note', { Note: 'call the switchboard on Monday' })
  await olivia.form('Add an internal note').getByRole('button', { name: 'Keep for later' }).click()
  await olivia.page.getByRole('button', { name: 'Sign out' }).click()
  await olivia.sees('Sign in', 'link') // addresses of signing out lead on to it
  await olivia.page.goto(`/cases/${id}`)
  await olivia.signIn()
  await olivia.open(id)
  assert.equal(await olivia.form('Add an internal note').getByLabel('Note').inputValue(), 'call the switchboard on Monday')
  await olivia.sends('Add an internal note')
  assert.ok((await verbs(id)).includes('commented'))
})
