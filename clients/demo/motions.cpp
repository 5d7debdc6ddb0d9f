#include "clients/demo/motions.hpp"

namespace plenum::demo {

RuleProfile majority_rule(std::string id, const LocalText& name, Threshold quorum)
{
    RuleProfile rule;
    rule.id = std::move(id);
    rule.name = name;
    rule.quorum = quorum;
    rule.majority = {1, 2, true, Base::all_members};
    return rule;
}

} // namespace plenum::demo
