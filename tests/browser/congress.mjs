// A congress of sixty and the day on which it elects, evaluates and decides, with the figures its tellers
// find: what stands on each ballot and what has to come of it. People and places are invented.
import { invented_names } from './committee.mjs'

export const body = '试验区人民代表大会'
export const due = 60
export const present = 57
/** Over half of all sixty. */
export const needed = 31

const names = invented_names(due)

export const members = names.map((name, index) => ({
  number: String(101 + index),
  name,
  group: `第${'一二三四'[index % 4]}代表团`,
  seat: `${Math.floor(index / 15) + 1}排${(index % 15) + 1}号`,
}))

/** Who watches the elections, and stands in none. */
export const scrutineers = names.slice(40, 43)

export const items = {
  method: '表决选举办法（草案）',
  scrutineers: '表决监票人、总监票人名单（草案）',
  election: '投票选举',
  evaluation: '对上年度民生实事项目办理情况进行满意度测评',
  projects: '投票票决本年度民生实事项目',
  each: '逐项票决乡村振兴项目',
  resolutions: '表决各项决议（草案）',
  oath: '宪法宣誓',
}

/** As it is copied from a table. */
export const agenda_table = [
  '序号\t议题\t类型\t时长\t报告人',
  `一、\t${items.method}\t程序事项\t5\t`,
  `二、\t${items.scrutineers}\t程序事项\t5\t`,
  `三、\t${items.election}\t选举\t50\t`,
  `四、\t${items.evaluation}\t满意度测评\t15\t`,
  `五、\t${items.projects}\t民生实事项目票决\t15\t`,
  `六、\t${items.each}\t民生实事项目票决\t15\t`,
  `七、\t${items.resolutions}\t决议决定\t30\t`,
  `八、\t${items.oath}\t宪法宣誓\t10\t`,
].join('\n')

/** Two places and three who stand: one has enough, two are equal at the second place. */
export const vice_chairs = {
  title: '选举常务委员会副主任',
  names: names.slice(1, 4),
  seats: 2,
  box: { issued: present, collected: present, invalid: 1, rows: [[50, 4, 2], [31, 20, 5], [31, 20, 5]] },
  /** the two who are equal, for the place that is left: the higher number has it */
  again: { issued: present, collected: 56, invalid: 0, rows: [[27, 0, 0], [29, 0, 0]] },
}

/** Five places and six who stand: the fifth has one vote too few, so that a place is left. */
export const council = {
  title: '选举常务委员会委员',
  names: names.slice(4, 10),
  seats: 5,
  box: {
    issued: present,
    collected: present,
    invalid: 1,
    rows: [[54, 1, 1], [52, 3, 1], [49, 5, 2], [40, 10, 6], [30, 20, 6], [28, 22, 6]],
  },
  /** the two who are left, for one place */
  again: { issued: present, collected: present, invalid: 2, rows: [[33, 20, 2], [22, 30, 3]] },
}

/** Ten projects of the year before: 满意, 基本满意, 不满意, no mark. */
export const evaluation = {
  title: '民生实事项目办理情况满意度测评',
  objects: [
    '农村饮水安全巩固提升工程',
    '城区老旧小区改造',
    '中小学校舍安全加固',
    '乡镇卫生院能力提升',
    '农村公路安全生命防护',
    '社区养老服务站建设',
    '城市公厕新建改造',
    '龙水湖流域水环境治理',
    '公共停车位建设',
    '农村厕所革命整村推进',
  ],
  rows: [
    [50, 6, 1, 0],
    [45, 10, 2, 0],
    [40, 10, 4, 3],
    [30, 10, 6, 11],
    [25, 20, 12, 0],
    [44, 9, 4, 0],
    [29, 20, 8, 0],
    [10, 15, 32, 0],
    [28, 20, 9, 0],
    [52, 4, 1, 0],
  ],
  verdicts: [
    'satisfied',
    'satisfied',
    'satisfied',
    'satisfied',
    'basically_satisfied',
    'satisfied',
    'satisfied',
    'unsatisfied',
    'basically_satisfied',
    'satisfied',
  ],
}

/** Ten of twelve. */
export const projects = {
  title: '票决本年度民生实事项目',
  names: [
    '新建城区学校两所',
    '改造老旧小区十二个',
    '新建农村四好公路六十公里',
    '建设社区食堂八处',
    '新增公共停车位一千个',
    '改造农村危房二百户',
    '建设村级文化服务中心',
    '实施城市内涝治理',
    '新建口袋公园十个',
    '更新农村饮水管网',
    '建设充电设施二百处',
    '建设河道亲水步道',
  ],
  seats: 10,
  rows: [[57], [55], [54], [52], [50], [49], [45], [43], [40], [36], [30], [28]],
}

/** Ten more, each by itself on a ballot of its own; one has exactly half. */
export const each_project = [
  [56, 1, 0],
  [55, 1, 1],
  [54, 2, 1],
  [53, 3, 1],
  [30, 20, 7],
  [51, 4, 2],
  [50, 4, 3],
  [49, 5, 3],
  [48, 6, 3],
  [31, 20, 6],
].map((row, at) => ({ title: `票决第${at + 1}项乡村振兴项目`, row }))

/** Six reports, and the resolution on each: approve, oppose, abstain; whoever is left presses nothing. */
export const resolutions = [
  ['政府工作报告', [55, 1, 1]],
  ['国民经济和社会发展计划报告', [54, 2, 1]],
  ['预算报告', [53, 2, 2]],
  ['常务委员会工作报告', [56, 1, 0]],
  ['人民法院工作报告', [30, 20, 7]],
  ['人民检察院工作报告', [50, 4, 2]],
].map(([report, figures]) => ({ title: `关于${report}的决议（草案）`, figures }))
