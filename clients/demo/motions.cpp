#include "clients/demo/motions.hpp"

#include <array>

namespace plenum::demo {

std::span<const Motion> motions()
{
    // Of 35 members 18 must approve. 33 are present until two more come for the last motion.
    static const std::array all = {
        Motion{{"关于批准2024年区级决算的决议（草案）",
                "Resolution approving the final accounts of 2024 (draft)"},
               {33, 0, 0, 0},
               Verdict::passed},
        Motion{{"关于调整老旧小区停车收费标准的决定（草案）",
                "Decision on parking charges in old housing estates (draft)"},
               {17, 9, 5, 2},
               Verdict::not_passed},
        Motion{{"关于加强饮用水水源保护的决定（草案）",
                "Decision on protecting sources of drinking water (draft)"},
               {25, 4, 3, 1},
               Verdict::passed},
        Motion{{"云溪区街道议事代表会议工作办法（草案）", "Rules for street deliberative meetings (draft)"},
               {20, 6, 4, 3},
               Verdict::passed},
        Motion{{"关于夜间经济街区限时步行的决定（草案）",
                "Decision on pedestrian hours in night markets (draft)"},
               {16, 14, 3, 0},
               Verdict::not_passed},
        Motion{{"关于2025年民生实事项目调整方案的决议（草案）",
                "Resolution adjusting the livelihood projects of 2025 (draft)"},
               {18, 10, 5, 2},
               Verdict::passed},
    };
    return all;
}

RuleProfile motion_rule()
{
    RuleProfile rule;
    rule.id = "cn.standing_committee.motion";
    rule.name = {"议案表决：全体组成人员过半数", "motion: more than half of all members"};
    rule.quorum = {1, 2, true, Base::all_members};
    rule.majority = {1, 2, true, Base::all_members};
    rule.legal_basis = {
        {"中华人民共和国地方各级人民代表大会和地方各级人民政府组织法", "第五十一条", "2022-03-11"}};
    return rule;
}

} // namespace plenum::demo
