// A standing committee of 35 and the agenda of its meeting, as a secretariat has them: in a workbook and as a
// table copied from another program. People and places are invented.
import { exceljs } from './packages.mjs'

export const body = '试验区人大常委会'
const families = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹'
const given = ['建国', '文静', '志远', '晓燕', '明', '立新', '海峰']

/** So many different names. */
export function invented_names(count) {
  return Array.from({ length: count }, (_unused, index) => {
    const turn = Math.floor(index / families.length)
    return families[index % families.length] + given[(index + turn) % given.length]
  })
}

export const members = invented_names(families.length).map((name, index) => ({
  number: String(1001 + index),
  name,
  seat: `${Math.floor(index / 9) + 1}排${(index % 9) + 1}号`,
}))

/** The roster as an XLSX file. `changes` replace what stands in the row of a number. */
export async function workbook(file, changes = {}) {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('组成人员名册')
  sheet.addRow(['代表证号', '姓名', '座席号'])
  for (const member of members) {
    const { number, name, seat } = { ...member, ...changes[member.number] }
    sheet.addRow([number, name, seat])
  }
  await book.xlsx.writeFile(file)
}

export const votes = {
  agenda: '第十八届人民代表大会常务委员会第二十二次会议议程（草案）',
  budget: '关于批准试验区本级预算调整方案的决议（草案）',
  resignation: '关于接受康立新辞去试验区人民代表大会代表职务的决定（草案）',
  credentials: '代表资格审查委员会关于个别代表的代表资格的报告',
  plan: '关于检查监督法实施情况的工作方案',
  duties: '对区人民政府部分任命人员履职情况报告的满意度测评',
}

const [chairs, government, court] = ['试验区人大常委会工作委员会委员', '试验区人民政府副区长', '试验区人民法院审判员']
const appointees = [...'郝毕安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧'].map((family, index) => family + given[index % 7])

/** Put to the vote one after another: of the chairs, of the government (one is removed), of the court. */
export const appointments = appointees.map((name, index) => {
  if (index < 7) return `任命${name}为${chairs}`
  if (index === 7) return `免去${name}的${government}职务`
  return index < 10 ? `决定任命${name}为${government}` : `任命${name}为${court}`
})

/** Whom too few approve. */
export const rejected = appointments[9]

/** Whose duty reports are evaluated. */
export const reporters = ['区教育委员会主任 韩雪', '区民政局局长 杨帆', '区水利局局长 朱宁']

/** Copied from a table. Credentials stand before the resignation, which the secretariat still puts right. */
export const agenda_table = [
  '序号\t议题\t类型\t时长\t报告人',
  '一、\t学习《中华人民共和国各级人民代表大会常务委员会监督法》\t学习\t30\t',
  '二、\t听取人事任免议案的说明\t其他\t15\t',
  '（一）\t主任会议关于提请任命的议案\t其他\t5\t',
  '（二）\t区人民政府关于提请任免的议案\t其他\t5\t',
  '（三）\t区人民法院关于提请任命的议案\t其他\t5\t',
  '三、\t听取和审议区人民政府关于审计工作情况的报告\t报告\t20\t区审计局局长 魏海峰',
  '四、\t听取和审议区人民政府关于计划执行情况的报告\t报告\t15\t区发展改革委主任 金明',
  '五、\t听取和审议区人民政府关于村镇供水条例实施情况的报告\t报告\t15\t区水利局局长 朱宁',
  '六、\t听取部分任命人员的履职情况报告\t报告\t30\t',
  '七、\t分组审议\t程序事项\t90\t',
  '八、\t审查和批准试验区本级预算调整方案\t决议决定\t15\t区财政局局长 陶明',
  '九、\t表决代表资格审查委员会的报告\t决议\t5\t',
  '十、\t表决接受代表辞职的决定\t决议\t5\t',
  '十一、\t通过执法检查工作方案\t决议\t5\t',
  '十二、\t人事任免（逐人表决）\t人事任免\t30\t',
  '十三、\t颁发任命书\t程序事项\t10\t',
  '十四、\t对履职情况报告进行满意度测评\t满意度测评\t15\t',
  '十五、\t宪法宣誓\t宪法宣誓\t10\t',
].join('\n')

export const budget_text = `试验区第十八届人民代表大会常务委员会第二十二次会议，听取和审议了区人民政府提出的本级预算调整方案。

会议同意财政经济委员会的审查结果报告，决定批准试验区本级预算调整方案。

本决议自通过之日起施行。`
