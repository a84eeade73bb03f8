// The browser: Debian's chromium, one for each file of tests, a fresh profile for each person. What no page may do fails
// the test that met it: an error in the console, anything that the content security policy stopped, a dialog, a word to
// another host.
import assert from 'node:assert/strict'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { address } from './office.mjs'

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

function runs(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function executable() {
  const paths = names.flatMap(name => process.env.PATH.split(delimiter).map(folder => join(folder, name)))
  const found = process.env.CHROMIUM || [...paths, ...elsewhere].find(runs)
  assert.ok(found, 'no chromium in PATH and none named by CHROMIUM: make deps installs it')
  return found
}

let browser
before(async () => { browser = await chromium.launch({ executablePath: executable(), args: flags }) })
after(() => browser?.close())

// patience is how long a page may take, in milliseconds. How fast pages are is measured elsewhere: here the machine also
// builds and runs every other test.
const patience = 60_000

// Visit is one person's browser, with one page open.
export class Visit {
  faults = []
  refusals = [] // addresses that answered a page with an error, which the browser also writes to its console

  static async begin(options = {}) {
    const visit = new Visit()
    visit.context = await browser.newContext({ baseURL: address, locale: 'en-GB', timezoneId: 'UTC', ...options })
    visit.context.setDefaultTimeout(patience)
    await visit.context.addInitScript(() => document.addEventListener('securitypolicyviolation', e => {
      console.error(`content security policy: ${e.violatedDirective} stopped ${e.blockedURI} ${e.sample}`)
    }))
    visit.page = await visit.context.newPage()
    visit.watch()
    return visit
  }

  watch() {
    this.page.on('pageerror', e => this.faults.push(`a script failed: ${e.message}`))
    this.page.on('dialog', d => { this.faults.push(`a dialog opened: ${d.message()}`); return d.dismiss() })
    this.page.on('request', r => { if (!r.url().startsWith(address + '/')) this.faults.push(`asked another host: ${r.url()}`) })
    this.page.on('response', r => { if (r.status() >= 400 && r.request().isNavigationRequest()) this.refusals.push(r.url()) })
    this.page.on('console', m => {
      if (m.type() === 'error' && !this.refusals.includes(m.location().url)) this.faults.push(`console: ${m.text()} (${m.location().url})`)
    })
  }

  // downloads fetches what an address gives, and says where it now lies.
  async downloads(link) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.page.goto(link).catch(e => assert.match(e.message, /Download is starting/))])
    return download.path()
  }

  // at is where the visit is, for whoever reads why a test has failed.
  async at() {
    const text = await this.page.locator('body').innerText().catch(() => '')
    return `at ${this.page.url()}:\n${text.replace(/\n\s*\n+/g, '\n').slice(0, 700)}`
  }
}

// task is one test; visits are made by what it is given, and closed after it.
export function task(name, body) {
  test(name, async () => {
    const visits = []
    const come = async (options) => { visits.push(await Visit.begin(options)); return visits.at(-1) }
    try {
      await body(come)
    } catch (e) {
      for (const v of visits) console.error(await v.at())
      throw e
    } finally {
      for (const v of visits) await v.context.close()
    }
    assert.deepEqual(visits.flatMap(v => v.faults), [], 'what no page may do')
  })
}
