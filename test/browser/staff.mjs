// People of staff at their desk: how somebody signs in, finds a case and does something there, by what the pages say.
import assert from 'node:assert/strict'

// signIn chooses one of the demo's people at the local identity provider, and goes on where a path leads.
export async function signIn(come, name, { path = '/', ...options } = {}) {
  const visit = await come(options)
  const who = new Person(visit, name)
  await who.page.goto(path)
  await who.signIn()
  return who
}

// Person is somebody at their browser.
export class Person {
  constructor(visit, name) {
    Object.assign(this, { visit, name, page: visit.page })
  }

  async signIn() {
    await this.page.getByRole('link', { name: 'Sign in' }).click()
    await this.page.getByRole('button', { name: this.name, exact: true }).click()
    await this.sees('Sign out', 'button')
  }

  open(id) { return this.page.goto(`/cases/${id}`) }

  // does fills the form of an action, field by label, and sends it.
  async does(action, fields = {}) {
    await this.fills(action, fields)
    await this.sends(action)
  }

  sends(action) { return this.form(action).getByRole('button', { name: action, exact: true }).click() }

  form(action) { return this.page.locator('form').filter({ has: this.page.getByRole('button', { name: action, exact: true, includeHidden: true }) }) }

  // fills goes to the page that the action has of its own, or opens its form on the page of the case.
  async fills(action, fields) {
    const door = this.page.getByRole('link', { name: action, exact: true })
    if (await door.count()) await door.click()
    const form = this.form(action)
    await form.waitFor({ state: 'attached' })
    const folded = form.locator('xpath=ancestor::details[not(@open)]')
    if (await folded.count()) await folded.locator('summary').click()
    for (const [label, value] of Object.entries(fields)) await fill(form.getByLabel(label, { exact: false }).first(), value)
  }

  // answers chooses what a review answers to a category or an action, and says why where that is given.
  async answers(what, answer, reason) {
    const answers = this.page.getByRole('group', { name: `Your answer to ${what}`, exact: true })
    await answers.getByRole('radio', { name: answer, exact: true }).check()
    if (reason) await answers.getByLabel('Reason').fill(reason)
  }

  // sees waits for a text, or for a role of that name.
  async sees(text, role) {
    const found = role ? this.page.getByRole(role, { name: text }) : this.page.getByText(text)
    await found.filter({ visible: true }).first().waitFor()
  }

  async seesNot(text) { assert.equal(await this.page.getByText(text).count(), 0, `the page must not say: ${text}`) }
}

// fill gives a field its value, whatever it is.
export async function fill(field, value) {
  const kind = await field.evaluate(e => e.tagName === 'SELECT' ? 'select' : e.type)
  if (kind === 'select') return field.selectOption({ label: value })
  if (kind === 'file') return field.setInputFiles({ name: value.name, mimeType: 'application/octet-stream', buffer: Buffer.from(value.content) })
  if (kind === 'checkbox' || kind === 'radio') return field.setChecked(value)
  return field.fill(value)
}
