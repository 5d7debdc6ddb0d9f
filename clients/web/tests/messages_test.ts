import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '../src/messages/en.json'
import zh from '../src/messages/zh-CN.json'

const source = join(__dirname, '../src')

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : [path]
  })
}

const program = files(source)
  .filter((path) => /\.(svelte|ts)$/.test(path))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')
const keys = Object.keys(zh) as (keyof typeof zh)[]

/** Keys put together at run time, like `vote.state.${state}`. */
const computed = [...program.matchAll(/`([a-z_.]+\.)\$\{/g)].map((match) => match[1]!)

describe('messages', () => {
  it('exist in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
    for (const key of keys) {
      expect(zh[key], key).not.toBe('')
      expect(en[key], key).not.toBe('')
    }
  })

  it('take the same values in both languages', () => {
    const values = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    for (const key of keys) expect(values(en[key]), key).toEqual(values(zh[key]))
  })

  it('are all used', () => {
    const unused = keys.filter(
      (key) => !program.includes(`'${key}'`) && !computed.some((start) => key.startsWith(start)),
    )
    expect(unused).toEqual([])
  })

  it('write Chinese with Chinese punctuation', () => {
    const ascii = /[一-鿿，。；：（）？！“”}] ?[,;:?!()"]|[,;:?!()"] ?[一-鿿，。；：（）？！“”{]/
    for (const key of keys) expect(zh[key], key).not.toMatch(ascii)
    expect('出席 {n} 人(草案)').toMatch(ascii)
  })

  it('leave no Chinese in the program itself', () => {
    const code = program
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\/\/.*$/gm, '')
      .replace(/'中文'/g, '')
    expect(code.match(/[一-鿿]+/g) ?? []).toEqual([])
  })
})
