// The pictures of docs/guides: every page, on a desk's screen and on a narrow one, light and dark. Made on demand, by
// `make screenshots`, on an office with its demo cases and two weeks of work.
import { mkdirSync, writeFileSync } from 'node:fs'
import { task } from './browser.mjs'
import { act, approved, becomes, linkIn, receive, reviewed, state, verified, wind } from './office.mjs'
import { signIn } from './staff.mjs'

const folder = new URL('../../docs/guides/img/', import.meta.url)
const screens = { desk: { width: 1280, height: 860 }, narrow: { width: 360, height: 740 } }
const tallest = 1700 // of a page, what is below is cut
const themes = ['light', 'dark']

mkdirSync(folder, { recursive: true })

// pictures takes a page as it stands, on each screen in each theme.
async function pictures(visit, name) {
  const session = await visit.context.newCDPSession(visit.page)
  for (const [screen, size] of Object.entries(screens)) {
    await visit.page.setViewportSize(size)
    for (const colorScheme of themes) {
      await visit.page.emulateMedia({ colorScheme })
      await visit.page.evaluate(() => { const r = document.documentElement; r.hidden = true; r.getBoundingClientRect(); r.hidden = false; scrollTo(0, 0) })
      const height = Math.min(tallest, await visit.page.evaluate(() => document.documentElement.scrollHeight))
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 55, captureBeyondViewport: true, clip: { x: 0, y: 0, width: size.width, height, scale: 1 } })
      writeFileSync(new URL(`${name}-${screen}-${colorScheme}.webp`, folder), Buffer.from(data, 'base64'))
    }
  }
  await visit.page.emulateMedia({ colorScheme: null })
  await visit.page.setViewportSize(screens.desk)
}

task('pictures', async come => {
  const told = await approved('us_warrant_all')
  await approved('us_subpoena_subscriber')
  await receive('us_subpoena_subscriber')
  await wind('120h')
  const notice = await approved('us_subpoena_subscriber')
  await verified('foreign_content')
  await wind('96h')
  await becomes(told, c => c.disclosures[0]?.status === 'ready')
  const emergency = await verified('us_emergency')
  const pending = await reviewed('us_warrant_all')
  const mixed = await verified('us_subpoena_content')
  await act('mina', mixed, 'comment', { text: 'The officer rang: the grand jury sits on Thursday.' })
  await act('mina', mixed, 'assign', { to: 'rosa' })
  await receive('face_unsigned')

  const stranger = await come()
  await stranger.page.goto('/signin')
  await pictures(stranger, 'sign-in')
  await stranger.page.goto(await linkIn(notice, '/notice/'))
  await pictures(stranger, 'notice')

  const shots = [
    ['olivia', 'queue', '/'], ['olivia', 'receipt', `/cases/${(await receive('us_subpoena_subscriber'))}`], ['olivia', 'letters', `/cases/${told}/letters`],
    ['olivia', 'settings', '/settings'], ['olivia', 'mine', '/settings/mine'], ['olivia', 'tokens', '/settings/tokens'], ['olivia', 'views', '/settings/views'],
    ['rosa', 'case', `/cases/${mixed}`], ['rosa', 'review', `/cases/${mixed}/review`], ['rosa', 'emergency', `/cases/${emergency}/review`], ['rosa', 'policy', '/policy'], ['rosa', 'what-if', '/policy/what-if'], ['rosa', 'jurisdictions', '/jurisdictions'],
    ['rafael', 'approval', `/cases/${pending}/approve`], ['rafael', 'release', `/cases/${told}/release`],
    ['mina', 'sla', '/sla'], ['mina', 'stuck', '/stuck'], ['mina', 'late', '/?q=sla:breached'], ['adam', 'people', '/settings/people'],
  ]
  const people = new Map()
  for (const [name, shot, path] of shots) {
    if (!people.has(name)) people.set(name, await signIn(come, name))
    const { page, visit } = people.get(name)
    const answer = await page.goto(path)
    if (!answer.ok()) { console.log(`no picture of ${path}: ${answer.status()}`); continue }
    await pictures(visit, shot)
  }
  const rafael = people.get('rafael')
  await rafael.open(told)
  await rafael.does('Release the parcel', { 'Type the case': 'LR-2026-999999' })
  await pictures(rafael.visit, 'refused')
  console.log(`${pending} is at ${(await state(pending)).stage}`)
})
