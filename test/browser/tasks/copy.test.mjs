import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { task } from '../browser.mjs'
import { approved, becomes, linkIn } from '../office.mjs'
import { signIn } from '../staff.mjs'

task('legal operations attach a redacted copy; the customer finds it with the notice, and what stays among us is not there', async come => {
  const id = await approved('us_subpoena_subscriber')
  const olivia = await signIn(come, 'olivia')
  await olivia.open(id)
  await olivia.does('Attach a file', { 'What it is called here': 'The subpoena, without names', 'Who sees it': 'also the customer, with the notice: a redacted copy', 'File to send': { name: 'redacted.txt', content: 'To produce: [redacted]' } })
  await becomes(id, c => c.documents.some(d => d.name === 'The subpoena, without names'))
  await olivia.does('Attach a file', { 'File to send': { name: 'our-memo.txt', content: 'for us' } })
  await becomes(id, c => c.documents.some(d => d.name === 'our-memo.txt'))
  await olivia.does('Attach a file', { 'What it is called here': 'nothing' }).catch(() => {})
  assert.ok(await olivia.form('Attach a file').getByLabel('File to send').evaluate(e => e.validity.valueMissing), 'a form without a file is not sent')

  const customer = await come()
  await customer.page.goto(await linkIn(id, '/notice/'))
  const copy = customer.page.getByRole('link', { name: 'The subpoena, without names' })
  assert.equal(await customer.page.getByText('our-memo').count(), 0)
  assert.equal(readFileSync(await customer.downloads(await copy.getAttribute('href')), 'utf8'), 'To produce: [redacted]')
})
