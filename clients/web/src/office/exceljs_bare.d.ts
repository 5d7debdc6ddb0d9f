// The build of exceljs without polyfills: those need eval, which the content policy forbids.
declare module 'exceljs/dist/exceljs.bare.min.js' {
  import excel from 'exceljs'
  export default excel
}
