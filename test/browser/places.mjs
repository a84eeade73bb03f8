// Where people of staff may be: every page that links lead to, each kind once, and what only an act leads to.
import { call } from './office.mjs'

// kind is an address without what differs from case to case.
export function kind(address) {
  const { pathname, searchParams } = new URL(address)
  const path = pathname.replace(/LR-\d{4}-\d+/g, '{case}').replace(/\/[0-9a-f-]{36}(?=\/|$)/g, '/{id}').replace(/\/\d+(?=\/|$)/g, '/{n}').replace(/\/(rules|authorities|contacts|templates|jurisdictions)\/[^/]+/, '/$1/{id}')
  return [path, [...new Set(searchParams.keys())].sort().join('&')].filter(Boolean).join('?')
}

// files are addresses that give a file and no page.
const files = /\/parcel$|\/documents\/\d+(\/content)?$|\.(csv|json|pdf|txt|svg)$|[?&](format|as)=|\/export\b|^\/signin|^\/signout|^\/dev\/|^\/api\//

// links are where a page leads to, on this site.
export async function links(page) {
  const all = await page.locator('a[href]').evaluateAll(found => found.filter(a => !a.hasAttribute('download')).map(a => a.href.replace(/#.*/, '')))
  return [...new Set(all)].filter(to => {
    const { origin, pathname, search } = new URL(to)
    return origin === new URL(page.url()).origin && !files.test(pathname + search)
  })
}

// atEachStage is a case of the demo for each stage.
export async function atEachStage() {
  const { cases } = await call('tess', 'GET', '/api/v1/cases?limit=200')
  return new Map(cases.map(c => [c.stage, c.case_id]))
}
