#include "server/sheet_answers.hpp"

#include "protocol/canonical_json.hpp"
#include "server/bundle_answers.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"
#include "server/papers/result_sheet.hpp"
#include "server/papers/series_sheet.hpp"

#include <charconv>

namespace plenum {
namespace {

constexpr std::string_view series_folder = "series/";

struct Asked {
    VoteId vote{};
    bool is_series = false;
    bool as_html = false;
};

/// `12.html`, `12.json`, or of a series `series/12.html`.
std::optional<Asked> asked_in(std::string_view path)
{
    path.remove_prefix(sheets_prefix.size());
    const bool is_series = path.starts_with(series_folder);
    if (is_series) path.remove_prefix(series_folder.size());
    const auto dot = path.find('.');
    const auto ending = dot == std::string_view::npos ? std::string_view() : path.substr(dot);
    if (ending != ".html" && ending != ".json") return std::nullopt;
    std::uint64_t vote = 0;
    const auto [end, error] = std::from_chars(path.data(), path.data() + dot, vote);
    if (error != std::errc{} || end != path.data() + dot) return std::nullopt;
    return Asked{VoteId{vote}, is_series, ending == ".html"};
}

template <class Sheet>
gateway::HttpAnswer answer_with(const Sheet& sheet, bool as_html, std::string (*html)(const Sheet&))
{
    if (!as_html) return {200, "application/json", canonical_json(to_json(sheet)) + '\n', {}};
    // Its style stands in it; nothing else may come from anywhere.
    return {
        200,
        "text/html; charset=utf-8",
        html(sheet),
        {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals"}}};
}

gateway::HttpAnswer series_answer(const chamber::State& state, const Actor& actor, const Asked& asked)
{
    if (!chamber::is_series(state, asked.vote)) return bundle_answer::no_such_path();
    if (!chamber::may_have_series_sheet(state, actor, asked.vote)) return bundle_answer::not_allowed();
    return answer_with(chamber::series_sheet(state, asked.vote, actor.role), asked.as_html,
                       papers::series_sheet_html);
}

} // namespace

gateway::HttpAnswer sheet_answer(const chamber::State& state, const Actor& actor, std::string_view path)
{
    const auto asked = asked_in(path);
    if (!asked || !state.votes.contains(asked->vote)) return bundle_answer::no_such_path();
    if (asked->is_series) return series_answer(state, actor, *asked);
    if (!chamber::may_have_sheet(state, actor, asked->vote)) return bundle_answer::not_allowed();
    return answer_with(chamber::result_sheet(state, asked->vote, actor.role), asked->as_html,
                       papers::result_sheet_html);
}

} // namespace plenum
