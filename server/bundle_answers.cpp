#include "server/bundle_answers.hpp"

#include "protocol/rpc.hpp"

namespace plenum {

std::optional<audit::BundleKind> bundle_for(Role role)
{
    if (role == Role::auditor) return audit::BundleKind::auditor;
    if (may(role, Right::cast, false)) return audit::BundleKind::member;
    if (may(role, Right::audit, false)) return audit::BundleKind::public_;
    return std::nullopt;
}

} // namespace plenum

namespace plenum::bundle_answer {
namespace {

constexpr int internal_error = -32603; // of JSON-RPC
constexpr const char* retry_after_seconds = "30";

gateway::HttpAnswer refused(unsigned status, const Refusal& refusal)
{
    gateway::HttpAnswer answer{status, "application/json", encode_refusal_body(refusal) + '\n', {}};
    if (status == 401) answer.headers.emplace_back("WWW-Authenticate", "Bearer");
    if (status == 503) answer.headers.emplace_back("Retry-After", retry_after_seconds);
    return answer;
}

} // namespace

gateway::HttpAnswer no_such_path()
{
    return refused(404, {RefusalCode::no_such_record,
                         {"没有这样的导出", "there is no such export"},
                         {"记录包的路径是 /export/bundle，结果单是 /export/sheet/<表决编号>.html，"
                          "成批表决的汇总是 /export/sheet/series/<第一项编号>.html",
                          "the bundle is at /export/bundle, a sheet at /export/sheet/<vote>.html, "
                          "of a series at /export/sheet/series/<first vote>.html"}});
}

gateway::HttpAnswer code_missing()
{
    return refused(401,
                   {RefusalCode::sign_in_first,
                    {"请出示登录码", "an access code is needed"},
                    {"请用标头 Authorization: Bearer 附上登录码", "send it as Authorization: Bearer CODE"}});
}

gateway::HttpAnswer code_unknown()
{
    return refused(401, refuse(RefusalCode::unknown_code));
}

gateway::HttpAnswer not_allowed()
{
    return refused(403, refuse(RefusalCode::not_allowed));
}

gateway::HttpAnswer vote_under_way()
{
    return refused(503, {RefusalCode::busy,
                         {"正在表决", "a vote is under way"},
                         {"请在表决结束后下载", "fetch the record when the vote is over"}});
}

gateway::HttpAnswer try_again()
{
    return refused(
        503, {RefusalCode::busy,
              {"系统繁忙，或另一份记录包正在导出", "the server is busy, or another bundle is being fetched"},
              {"请稍后再试", "try again later"}});
}

gateway::HttpAnswer failed(const LocalFault& failure)
{
    if (failure.fault == Fault::disk_full) {
        return refused(503, {RefusalCode::disk_low,
                             {"磁盘空间不足，不能生成记录包", "too little disk space to make a bundle"},
                             {"请清理磁盘空间", "free some disk space"}});
    }
    boost::json::object data;
    data["reason"] = to_json(failure.sentence);
    data["next"] = to_json(LocalText{"请联系服务器管理人员", "ask whoever looks after the server"});
    boost::json::object error;
    error["code"] = internal_error;
    error["message"] = failure.sentence.en;
    error["data"] = std::move(data);
    return {500, "application/json", canonical_json(error) + '\n', {}};
}

gateway::HttpAnswer found(std::uint64_t entries)
{
    gateway::HttpAnswer answer{200, "application/x-tar", {}, {}};
    answer.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"plenum-" + std::to_string(entries) + ".plenum\"");
    return answer;
}

} // namespace plenum::bundle_answer
