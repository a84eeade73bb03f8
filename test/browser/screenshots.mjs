// The pictures of docs/guides: every page, on a desk's screen and on a narrow one, light and dark, and the list of them all
// in docs/guides/pages.md. Made on demand, by `make screenshots`, on an office with its demo cases and two weeks of work.
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { task } from './browser.mjs'
import { act, approved, becomes, call, linkIn, receive, reviewed, state, verified, wind } from './office.mjs'
import { signIn } from './staff.mjs'

const folder = new URL('../../docs/guides/img/', import.meta.url)
const screens = { desk: { width: 1280, height: 860 }, narrow: { width: 360, height: 740 } }
const tallest = { desk: 2000, narrow: 1500 } // of a page, what is below is cut
const themes = ['light', 'dark']
const taken = [] // [file, what it shows]

mkdirSync(folder, { recursive: true })

// withPages is a case with a document that can be shown page by page, and the document's number.
async function withPages() {
  for (const { case_id: id } of (await call('tess', 'GET', '/api/v1/cases?limit=200')).cases) {
    const n = (await state(id)).documents.findIndex(d => d.media_type === 'application/pdf')
    if (n >= 0) return `/cases/${id}/documents/${n + 1}/pages`
  }
  throw new Error('no case of the demo has a PDF')
}

// inReview is a case of the demo that a reviewer must decide, with its paper.
async function inReview() {
  const { cases } = await call('tess', 'GET', '/api/v1/cases?stage=legal_review&waiting_on=reviewer&limit=200')
  for (const { case_id: id } of cases) if ((await state(id)).documents.length) return id
  throw new Error('no case of the demo waits for its review')
}

// list writes down which pictures there are, and drops those of pages that are gone.
function list() {
  const files = taken.flatMap(([name]) => Object.keys(screens).flatMap(screen => themes.map(theme => `${name}-${screen}-${theme}.webp`)))
  for (const file of readdirSync(folder)) if (!files.includes(file)) rmSync(new URL(file, folder))
  const rows = taken.map(([name, what]) => `| ${what} | ${Object.keys(screens).flatMap(screen => themes.map(theme => `[${screen}, ${theme}](img/${name}-${screen}-${theme}.webp)`)).join(', ')} |`)
  writeFileSync(new URL('../pages.md', folder), `# Every page\n\nPictures of every page, made by \`make screenshots\` from the running product.\n\n| page | pictures |\n|---|---|\n${rows.join('\n')}\n`)
}

// pictures takes a page as it stands, on each screen in each theme.
async function pictures(visit, name, what = '') {
  taken.push([name, what || (await visit.page.title()).split(' – ')[0]])
  const session = await visit.context.newCDPSession(visit.page)
  for (const [screen, size] of Object.entries(screens)) {
    await visit.page.setViewportSize(size)
    for (const colorScheme of themes) {
      await visit.page.emulateMedia({ colorScheme })
      await visit.page.evaluate(() => { const r = document.documentElement; r.hidden = true; r.getBoundingClientRect(); r.hidden = false; scrollTo(0, 0) })
      const height = Math.min(tallest[screen], await visit.page.evaluate(() => document.documentElement.scrollHeight))
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 38, captureBeyondViewport: true, clip: { x: 0, y: 0, width: size.width, height, scale: 1 } })
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
  await stranger.page.goto('/portal/')
  await pictures(stranger, 'portal')
  const link = await linkIn(notice, '/notice/')
  await stranger.page.goto(link)
  await pictures(stranger, 'notice')
  const { authorities } = await call('olivia', 'GET', '/api/v1/authorities')
  const shots = [
    ['olivia', 'queue', '/'], ['olivia', 'receipt', `/cases/${(await receive('us_subpoena_subscriber'))}`], ['olivia', 'letters', `/cases/${told}/letters`], ['olivia', 'letter', `/cases/${told}/letters/1`],
    ['olivia', 'draft', `/cases/${told}/letters/draft?kind=motion_to_quash`], ['olivia', 'costs', `/cases/${told}/letters/costs`],
    ['olivia', 'document', await withPages()], ['olivia', 'approvals', '/approvals'],
    ['olivia', 'contacts', '/contacts'], ['olivia', 'contact', `/contacts/${authorities[0].id}`], ['olivia', 'contact-new', '/contacts/new'],
    ['olivia', 'settings', '/settings'], ['olivia', 'mine', '/settings/mine'], ['olivia', 'tokens', '/settings/tokens'], ['olivia', 'views', '/settings/views'],
    ['olivia', 'calendars', '/settings/calendars'], ['olivia', 'targets', '/settings/targets'], ['olivia', 'templates', '/settings/letters'],
    ['rosa', 'review-document', `/cases/${await inReview()}/review`], ['rosa', 'case', `/cases/${mixed}`], ['rosa', 'review', `/cases/${mixed}/review`], ['rosa', 'emergency', `/cases/${emergency}/review`],
    ['rosa', 'policy', '/policy'], ['rosa', 'rule', '/policy/rules/us.content.warrant'], ['rosa', 'what-if', '/policy/what-if'], ['rosa', 'compare', '/policy/compare?from=2026-08-17&to=2026-08-18'], ['rosa', 'jurisdictions', '/jurisdictions'],
    ['rafael', 'inbox', '/approvals'], ['rafael', 'approval', `/cases/${pending}/approve`], ['rafael', 'release', `/cases/${told}/release`],
    ['mina', 'sla', '/sla'], ['mina', 'sla-grouped', '/sla?group_by=instrument'], ['mina', 'stuck', '/stuck'], ['mina', 'report', '/report?period=2026'], ['mina', 'late', '/?q=sla:breached'],
    ['tess', 'ledger', '/ledger'], ['adam', 'people', '/settings/people'],
  ]
  const people = new Map()
  for (const [name, shot, path] of shots) {
    if (!people.has(name)) people.set(name, await signIn(come, name))
    const { page, visit } = people.get(name)
    const answer = await page.goto(path)
    assert.ok(answer.ok(), `no picture of ${path}: ${answer.status()}`)
    const first = page.getByText('Its first page')
    if (await first.count()) {
      await first.first().click()
      await page.waitForFunction(() => [...document.images].every(i => i.complete))
    }
    await pictures(visit, shot)
  }
  const rafael = people.get('rafael')
  await rafael.open(told)
  await rafael.does('Release the parcel', { 'Type the case': 'LR-2026-999999' })
  await pictures(rafael.visit, 'refused')
  list()
})
