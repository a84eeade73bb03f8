import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { address, approved, linkIn, verified } from '../office.mjs'
import { faultsOf } from '../sound.mjs'
import { signIn } from '../staff.mjs'

const once = faults => [...new Set(faults)]

task('the doors and the refusals are sound', async come => {
  const stranger = await come()
  const rosa = await signIn(come, 'rosa')
  const mina = await signIn(come, 'mina')
  const adam = await signIn(come, 'adam')
  const id = await verified('us_subpoena_content')
  const faults = []
  const look = async (visit, to) => {
    await visit.page.goto(to)
    faults.push(...(await faultsOf(visit.page)).map(f => `${to}: ${f}`))
  }
  for (const to of ['/signin', '/signin?next=/cases/LR-2026-000001', '/signin/callback?code=x&state=y', '/portal/', '/portal/delivery/nothing', '/notice/nothing']) await look(stranger, to)
  for (const to of ['/nowhere', '/cases/LR-2026-999999', '/?q=zebra', '/?q=country:XX', '/?cursor=nonsense']) await look(rosa, to)
  await look(adam, `/cases/${id}`)
  await look(mina, `/cases/${id}`)
  await rosa.open(id)
  await rosa.fills('Review and decide', {})
  const content = rosa.page.getByRole('group', { name: 'Your answer to stored content', exact: true })
  await content.getByRole('radio', { name: 'Refuse', exact: true }).evaluate(radio => { radio.value = 'permit'; radio.checked = true })
  await rosa.sends('Review and decide')
  await rosa.sees('Not done')
  faults.push(...(await faultsOf(rosa.page)).map(f => `refused: ${f}`))
  assert.deepEqual(once(faults), [])
})

task('the customer\'s pages are sound in each language', async come => {
  const id = await approved('us_subpoena_subscriber')
  const link = await linkIn(id, '/notice/')
  const customer = await come()
  const faults = []
  for (const lang of ['en', 'de', 'fr']) {
    await customer.page.goto(`${link}?lang=${lang}`)
    faults.push(...(await faultsOf(customer.page)).map(f => `notice, ${lang}: ${f}`))
  }
  await customer.page.goto(link)
  await customer.page.getByRole('textbox').first().fill('No.')
  await customer.page.getByRole('button', { name: 'Send the objection' }).click()
  faults.push(...(await faultsOf(customer.page)).map(f => `objected: ${f}`))
  await customer.page.goto(link)
  faults.push(...(await faultsOf(customer.page)).map(f => `notice, afterwards: ${f}`))
  assert.deepEqual(once(faults), [])
  assert.ok(link.startsWith(address))
})
