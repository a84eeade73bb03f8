// Names every colour that a rule of the style sheet fixes by what it is for and what it is: `color: #0f385c` becomes
// `color: var(--text-0f385c, #0f385c)`. The dark layer then needs to answer the names, and a test holds it to all of them.
import { readFileSync, writeFileSync } from 'node:fs'

const [, , from, to] = process.argv
const uses = [
  [/^(\s*)(color|fill)(:.*)$/, 'text'],
  [/^(\s*)(background|background-color)(:.*)$/, 'fill'],
  [/^(\s*)(border[a-z-]*|box-shadow|outline[a-z-]*)(:.*)$/, 'edge'],
]

// What has the focus keeps its colours: black on yellow, in the dark too.
let selector = ''
function named(line) {
  if (/[{,]$/.test(line)) selector = selector.endsWith(',') ? selector + line : line
  if (selector.includes(':focus')) return line
  if (line.includes('--govuk-') || line.includes('var(')) return line
  for (const [pattern, use] of uses) {
    if (pattern.test(line)) return line.replace(/#([0-9a-f]{6})\b/g, (hex, digits) => `var(--${use}-${digits}, ${hex})`)
  }
  return line
}

const notice = '/*! Of GOV.UK Frontend 6.6.0 and MOJ Frontend 11.1.0, MIT License, (c) Crown Copyright (Government Digital Service) and (c) Ministry of Justice; the licences are in licences.txt beside this file. Changed: see web/ui/vendored. */'
const lines = readFileSync(from, 'utf8').split('\n').filter((line) => !line.includes('url(') && !line.startsWith('@charset'))
const sheet = [notice, ...lines.map(named)].join('\n').replace(/@media screen[^\x00-\x7f][^]*?\n}\n/g, '') // a guard for a browser of 2013
for (const banned of ['url(', 'GDS', '@font-face', 'http']) {
  if (sheet.includes(banned)) throw new Error(`the style sheet must not hold ${banned}`)
}
writeFileSync(to, sheet)
