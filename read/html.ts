/** Pieces of HTML that all parts of the page are made of. */
import type { DataTable } from '#live-figures'
import type { Source } from '../data/sources.ts'
import { createMarkdownExit } from 'markdown-exit'
import { sources } from '../data/sources.ts'
import { powerOfTen } from '../lab/format.ts'

const markdown = createMarkdownExit({ html: false, typographer: true })

export function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** Plain words as HTML: what is Russian says so, a number keeps to its unit. */
export function words(text: string): string {
  return tidy(escape(text))
}

/** Markdown as HTML paragraphs, with its papers linked to the list of sources. */
export function prose(text: string): string {
  return tidy(markdown.render(text)).replace(/arXiv:(\d{4}\.\d{4,5})/g, (name, arxiv: string) => {
    const no = listed.findIndex(([, source]) => source.arxiv === arxiv) + 1
    return no > 0 ? `<a href="#source-${no}">${name}</a>` : `<a href="https://arxiv.org/abs/${arxiv}">${name}</a>`
  })
}

function tidy(html: string): string {
  return html
    .replace(/10\^(\d+)/g, (_, exponent: string) => powerOfTen(Number(exponent)))
    .replace(/\^(−?[\dA-Za-zα-ω]+)/g, '<sup>$1</sup>')
    .replace(/(\d) (×|%) ?(?=\d?)/g, (_, digit: string, sign: string) => `${digit}\u00A0${sign}${sign === '×' ? '\u00A0' : ' '}`)
    .replace(/[Ѐ-ӿ]+(?: [Ѐ-ӿ]+)*/g, '<span lang="ru">$&</span>')
    .replace(/% (?=[.,;:)<])/g, '%')
    .replace(/% $/g, '%')
}

/** All sources by the order of their names; what this deck computed is no paper. */
export const listed: readonly [string, Source][] = Object.entries<Source>(sources).filter(([id]) => id !== 'deck').sort(([, a], [, b]) => a.short.localeCompare(b.short, 'en'))

/** A source as a sentence names it: its short form, a link to its entry, and how it was seen if not at first hand. */
export function cite(id: string): string {
  const no = listed.findIndex(([other]) => other === id) + 1
  if (no === 0)
    return 'this deck'
  const { short, verification } = listed[no - 1]![1]
  return `<a href="#source-${no}"><span class="name">${words(short.replace(', second-hand', ''))} </span>[${no}]</a>${verification === 'verified' ? '' : ` <span class="caveat">${verification}</span>`}`
}

/** A table of text: its first column names the rows. */
export function tableHtml({ caption, columns, rows }: DataTable, kind = ''): string {
  return `<table${kind ? ` class="${kind}"` : ''}>${caption ? `<caption>${words(caption)}</caption>` : ''}
<thead><tr>${columns.map(column => column ? `<th scope="col">${words(column)}</th>` : '<td></td>').join('')}</tr></thead>
<tbody>${rows.map(row => `<tr>${row.map((cell, i) => i === 0 ? `<th scope="row">${words(cell)}</th>` : `<td>${words(cell)}</td>`).join('')}</tr>`).join('\n')}</tbody>
</table>`
}

/** A box for what may be wider than the page, which then moves by itself, by keys too. */
export function wide(name: string, inside: string): string {
  return `<div class="wide" role="group" aria-label="${escape(name)}" tabindex="0">${inside}</div>`
}
