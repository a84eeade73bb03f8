import assert from 'node:assert/strict'
import { renameSync, writeFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { task } from '../../browser.mjs'
import { becomes, mails, until, call, scenario } from '../../office.mjs'
import { signIn } from '../../staff.mjs'

const post = join(dirname(process.env.OFFICE_TOKENS), 'mail')

// withoutMail has the mail server take nothing meanwhile: it has nowhere to put it.
async function withoutMail(meanwhile) {
  renameSync(post, post + '.away')
  writeFileSync(post, '')
  try {
    return await meanwhile()
  } finally {
    rmSync(post)
    renameSync(post + '.away', post)
  }
}

task('while mail cannot be sent a case is stuck, says so, and goes on when it is resumed', async come => {
  const mina = await signIn(come, 'mina')
  const id = await withoutMail(async () => {
    const { case_id: received } = await call('olivia', 'POST', '/api/v1/requests', scenario('us_subpoena_subscriber'), 201)
    await until(`${received} is stuck`, async () => (await call('mina', 'GET', '/api/v1/stuck')).stuck?.some(s => s.case_id === received))
    await mina.page.getByRole('link', { name: 'Stuck', exact: true }).click()
    await mina.sees(received, 'link')
    return received
  })
  await mina.page.getByRole('button', { name: `Resume ${id}` }).first().click()
  await until(`${id} is acknowledged`, async () => (await mails(id, 'has been received')).length > 0)
  await becomes(id, c => c.waiting_on === 'legal_ops')
  await until('nothing is stuck', async () => !(await call('mina', 'GET', '/api/v1/stuck')).stuck?.some(s => s.case_id === id))
  const sent = (await mails(id)).map(m => m.message_id)
  assert.deepEqual(sent, [...new Set(sent)], 'nothing went out twice')
  await mina.page.goto('/stuck')
  assert.equal(await mina.page.getByRole('link', { name: id }).count(), 0)
})
