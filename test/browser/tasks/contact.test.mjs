import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { call, receive, scenario } from '../office.mjs'
import { fill, signIn } from '../staff.mjs'

const entry = {
  'Short name': 'de-lka-browser', Name: 'Landeskriminalamt Browser', Country: 'DE', Kind: 'law enforcement', 'Domains of its e-mail': 'lka-browser.example',
  'How it was verified': 'the register of the ministry, looked up by olivia', 'Good until': '2030-01-01',
}

task('an authority is entered with its evidence, never by a number that came with a request', async come => {
  await receive('us_subpoena_subscriber')
  const olivia = await signIn(come, 'olivia')
  await olivia.page.getByRole('link', { name: 'Contacts' }).click()
  await olivia.page.getByRole('link', { name: 'Enter an authority' }).first().click()
  for (const [label, value] of Object.entries(entry)) await fill(olivia.page.getByLabel(new RegExp(`^${label}`)), value)
  await olivia.page.getByLabel('Numbers to call back').fill(scenario('us_subpoena_subscriber').officer.phone)
  await olivia.page.getByRole('button', { name: 'Save' }).click()
  await olivia.page.getByRole('alert').filter({ hasText: 'phones' }).waitFor()
  assert.equal(await olivia.page.getByLabel(/^Name/).inputValue(), entry.Name, 'what was typed stays')
  const known = async () => (await call('olivia', 'GET', '/api/v1/authorities')).authorities.find(a => a.id === entry['Short name'])
  assert.equal(await known(), undefined, 'nothing is stored')

  await olivia.page.getByLabel('Numbers to call back').fill('+49 211 555 0177')
  await olivia.page.getByRole('button', { name: 'Save' }).click()
  await olivia.sees(entry.Name, 'heading')
  assert.deepEqual((await known()).domains, ['lka-browser.example'])

  const rosa = await signIn(come, 'rosa', { path: `/contacts/${entry['Short name']}` })
  await rosa.sees(entry['How it was verified'])
  await rosa.seesNot('Change it')
})
