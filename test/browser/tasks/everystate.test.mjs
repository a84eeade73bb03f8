import assert from 'node:assert/strict'
import { task } from '../browser.mjs'
import { receive, reviewed, verified } from '../office.mjs'
import { atEachStage } from '../places.mjs'
import { faultsOf } from '../sound.mjs'
import { signIn } from '../staff.mjs'

const once = faults => [...new Set(faults)]

// At each stage, for whoever acts there; and what no stage alone shows.
task('a case is sound in every state', async come => {
  const stages = await atEachStage()
  const olivia = await signIn(come, 'olivia'), rosa = await signIn(come, 'rosa'), rafael = await signIn(come, 'rafael')
  const faults = []
  const looks = async (who, id) => {
    await who.open(id)
    faults.push(...(await faultsOf(who.page)).map(f => `a case (${who.name}): ${f}`))
  }
  for (const [stage, id] of stages) await looks(['receipt', 'customer_notice'].includes(stage) ? olivia : rosa, id)
  await looks(olivia, await receive('us_emergency'))
  await looks(olivia, await receive('face_unsigned'))
  await looks(rosa, await verified('foreign_dissent'))
  await looks(rafael, await reviewed('us_warrant_all'))
  assert.deepEqual(once(faults), [])
})
