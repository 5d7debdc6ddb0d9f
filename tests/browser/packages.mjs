// The packages of the pages serve their browser tests too.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../clients/web/package.json', import.meta.url))

export const { chromium } = require('playwright-core')
export const { WebSocket, WebSocketServer } = require('ws')
export const axe_source = require('axe-core').source
export const pixelmatch = require('pixelmatch')
export const upng = require('upng-js')
export const exceljs = require('exceljs')
export const esbuild = require('esbuild')
