#include "clients/replay/hall.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace plenum::replay {
namespace {

using Clock = std::chrono::steady_clock;

/// Nobody waits longer for an answer; by then the connection has been found dead, or the server has.
constexpr auto answer_timeout = std::chrono::seconds(60);
constexpr auto reason_timeout = std::chrono::seconds(1);

const boost::json::object* refusal_data(const ServerMessage& message)
{
    const auto* error = message.body.if_object();
    const auto* data = error == nullptr ? nullptr : error->if_contains("data");
    return data == nullptr ? nullptr : data->if_object();
}

template <class View>
std::optional<View> view_of(const boost::json::value& body)
{
    auto decoded = from_json<View>(body);
    if (!decoded) return std::nullopt;
    return std::move(*decoded);
}

bool take_in(Shown& shown, const ItemChanged& changed)
{
    const auto agenda = shown.agendas.find(changed.meeting);
    if (agenda == shown.agendas.end()) return false;
    const auto item = std::ranges::find(agenda->second.items, changed.item.id, &ItemView::id);
    if (item == agenda->second.items.end()) return false;
    *item = changed.item;
    return true;
}

/// Takes one notification in. False when it changes nothing shown.
bool take_in(Shown& shown, const ServerMessage& message)
{
    if (message.method == "snapshot") {
        const auto view = view_of<SnapshotView>(message.body);
        if (!view) return false;
        shown = {};
        for (const auto& agenda : view->agendas)
            shown.agendas[agenda.meeting] = agenda;
        for (const auto& sitting : view->sittings)
            shown.sittings[sitting.id] = sitting;
        for (const auto& floor : view->floors)
            shown.floors[floor.sitting] = floor;
        for (const auto& vote : view->votes)
            shown.votes[vote.id] = vote;
        for (const auto& keys : view->keys)
            shown.keys[keys.meeting] = keys;
    } else if (message.method == SittingChanged::method) {
        const auto view = view_of<SittingChanged>(message.body);
        if (!view) return false;
        shown.sittings[view->sitting.id] = view->sitting;
    } else if (message.method == AgendaChanged::method) {
        const auto view = view_of<AgendaChanged>(message.body);
        if (!view) return false;
        shown.agendas[view->agenda.meeting] = view->agenda;
    } else if (message.method == ItemChanged::method) {
        const auto view = view_of<ItemChanged>(message.body);
        return view && take_in(shown, *view);
    } else if (message.method == FloorChanged::method) {
        const auto view = view_of<FloorChanged>(message.body);
        if (!view) return false;
        shown.floors[view->floor.sitting] = view->floor;
    } else if (message.method == VoteChanged::method) {
        const auto view = view_of<VoteChanged>(message.body);
        if (!view) return false;
        shown.votes[view->vote.id] = view->vote;
    } else if (message.method == KeyHoldersChanged::method) {
        const auto view = view_of<KeyHoldersChanged>(message.body);
        if (!view) return false;
        shown.keys[view->keys.meeting] = view->keys;
    } else if (message.method == CountsChanged::method) {
        const auto view = view_of<CountsChanged>(message.body);
        if (!view || !shown.sittings.contains(view->sitting)) return false;
        shown.sittings[view->sitting].counts = view->counts;
    } else if (message.method == VoteProgress::method) {
        const auto view = view_of<VoteProgress>(message.body);
        if (!view || !shown.votes.contains(view->vote)) return false;
        shown.votes[view->vote].received = view->received;
    } else {
        return false;
    }
    return true;
}

} // namespace

std::optional<RefusalCode> Reply::refusal() const
{
    if (!message || !message->is_error) return std::nullopt;
    const auto* data = refusal_data(*message);
    const auto* name = data == nullptr ? nullptr : data->if_contains("refusal");
    if (name == nullptr || !name->is_string()) return std::nullopt;
    return codec::enum_from<RefusalCode>(name->get_string());
}

LocalText Reply::reason() const
{
    if (!message) return {"没有回答，连接已断", "no answer: the connection was lost"};
    if (!message->is_error) return {};
    const auto* data = refusal_data(*message);
    const auto* reason = data == nullptr ? nullptr : data->if_contains("reason");
    const auto text = reason == nullptr ? std::nullopt : view_of<LocalText>(*reason);
    if (text) return *text;
    const auto error = boost::json::serialize(message->body);
    return {error, error};
}

std::string Reply::words() const
{
    const auto both = reason();
    return both.zh == both.en ? both.en : both.zh + " / " + both.en;
}

struct Hall::Console {
    link::ConnectionId connection{};
    HelloAnswer hello;
    std::atomic<bool> lost = false;
    bool watching = false;
    mutable std::mutex mutex; ///< of what follows
    std::condition_variable changed;
    Shown shown;
    std::string lost_because;
};

/// A request on its way.
struct Hall::Post {
    link::ConnectionId connection{};
    std::string request_id;
    std::string_view method;
    boost::json::value params;
};

Hall::Hall(link::Endpoint endpoint, std::function<void()> show, link::PoolSettings network)
    : endpoint_(std::move(endpoint)), show_(std::move(show)), pool_(std::move(network))
{}

Hall::~Hall() = default;

Tried<std::vector<ConsoleId>> Hall::enter(const std::vector<std::string>& codes, bool watching)
{
    std::vector<ConsoleId> ids;
    std::vector<Post> hellos;
    for (const auto& code : codes) {
        auto console = std::make_shared<Console>();
        console->watching = watching;
        link::Callbacks callbacks;
        callbacks.on_message = [console, this](const ServerMessage& message) {
            if (!console->watching) return;
            {
                const std::lock_guard lock(console->mutex);
                if (!take_in(console->shown, message)) return;
            }
            console->changed.notify_all();
            if (show_) show_();
        };
        callbacks.on_close = [console](std::uint16_t, std::string reason) {
            {
                const std::lock_guard lock(console->mutex);
                console->lost_because = std::move(reason);
                console->lost = true;
            }
            console->changed.notify_all();
        };
        console->connection = pool_.connect(endpoint_, std::move(callbacks));
        hellos.push_back({console->connection, link::fresh_request_id(), Hello::method,
                          to_json(Hello{code, std::nullopt, std::nullopt})});
        ids.push_back(ConsoleId{consoles_.size()});
        consoles_.push_back(std::move(console));
    }
    const auto replies = send(hellos);
    for (std::size_t index = 0; index < replies.size(); ++index) {
        const auto& reply = replies[index];
        if (!reply.is_done()) return trouble("a console could not sign in", why_not(ids[index], reply));
        auto answer = view_of<HelloAnswer>(reply.message->body);
        if (!answer) return trouble("the server's answer to hello does not fit");
        consoles_[static_cast<std::size_t>(ids[index])]->hello = std::move(*answer);
    }
    return ids;
}

std::string Hall::why_not(ConsoleId console, const Reply& reply) const
{
    if (reply.message) return reply.words();
    // The reason is told after the last answer.
    auto& asked = *consoles_[static_cast<std::size_t>(console)];
    std::unique_lock lock(asked.mutex);
    asked.changed.wait_for(lock, reason_timeout, [&] { return asked.lost.load(); });
    return asked.lost_because.empty() ? reply.words() : asked.lost_because;
}

std::vector<Reply> Hall::send(const std::vector<Post>& posts, std::chrono::microseconds over)
{
    struct Waiting {
        std::mutex mutex;
        std::condition_variable all_here;
        std::size_t missing = 0;
        std::vector<Reply> replies;
    };
    const auto waiting = std::make_shared<Waiting>();
    waiting->missing = posts.size();
    waiting->replies.resize(posts.size());
    const auto begin = Clock::now();
    const auto count = static_cast<std::chrono::microseconds::rep>(posts.size());
    for (std::size_t index = 0; index < posts.size(); ++index) {
        const auto& post = posts[index];
        // Whoever is late is not waited for: the next ones go when they are due all the same.
        if (over.count() > 0)
            std::this_thread::sleep_until(begin + over * static_cast<std::int64_t>(index) / count);
        const auto sent = Clock::now();
        pool_.request(post.connection, post.request_id, post.method, post.params,
                      [waiting, index, sent](std::optional<ServerMessage> message) {
                          const auto took =
                              std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - sent);
                          const std::lock_guard lock(waiting->mutex);
                          waiting->replies[index] = {std::move(message), took};
                          if (--waiting->missing == 0) waiting->all_here.notify_one();
                      });
    }
    std::unique_lock lock(waiting->mutex);
    waiting->all_here.wait_for(lock, answer_timeout, [&] { return waiting->missing == 0; });
    return waiting->replies;
}

std::vector<Reply> Hall::ask_all(const std::vector<Ask>& asks)
{
    std::vector<Post> posts;
    posts.reserve(asks.size());
    for (const auto& ask : asks) {
        posts.push_back({consoles_[static_cast<std::size_t>(ask.console)]->connection,
                         ask.request_id.empty() ? link::fresh_request_id() : ask.request_id,
                         method_of(ask.command), encode_params(ask.command)});
    }
    return send(posts);
}

Reply Hall::question(ConsoleId console, std::string_view method, const boost::json::value& params)
{
    return question_all({{console, method, params}}).front();
}

std::vector<Reply> Hall::question_all(const std::vector<Question>& questions, std::chrono::microseconds over)
{
    std::vector<Post> posts;
    posts.reserve(questions.size());
    for (const auto& [console, method, params] : questions) {
        posts.push_back({consoles_[static_cast<std::size_t>(console)]->connection, link::fresh_request_id(),
                         method, params});
    }
    return send(posts, over);
}

Reply Hall::ask(ConsoleId console, const Command& command)
{
    return ask_all({{console, command, {}}}).front();
}

Tried<Receipt> Hall::act(ConsoleId console, const Command& command)
{
    const auto reply = ask(console, command);
    if (!reply.is_done()) return trouble(std::string(method_of(command)), why_not(console, reply));
    auto receipt = view_of<Receipt>(reply.message->body);
    if (!receipt) return trouble(std::string(method_of(command)), "the answer is no receipt");
    return *receipt;
}

Tried<void> Hall::act_all(const std::vector<Ask>& asks)
{
    const auto replies = ask_all(asks);
    for (std::size_t index = 0; index < replies.size(); ++index) {
        if (replies[index].is_done()) continue;
        return trouble(std::string(method_of(asks[index].command)),
                       why_not(asks[index].console, replies[index]));
    }
    return {};
}

const HelloAnswer& Hall::hello(ConsoleId console) const
{
    return consoles_[static_cast<std::size_t>(console)]->hello;
}

Shown Hall::shown(ConsoleId console) const
{
    const auto& watching = *consoles_[static_cast<std::size_t>(console)];
    const std::lock_guard lock(watching.mutex);
    return watching.shown;
}

bool Hall::wait_until(ConsoleId console, const std::function<bool(const Shown&)>& holds,
                      std::chrono::milliseconds timeout)
{
    auto& watching = *consoles_[static_cast<std::size_t>(console)];
    std::unique_lock lock(watching.mutex);
    watching.changed.wait_for(lock, timeout, [&] { return watching.lost || holds(watching.shown); });
    return holds(watching.shown);
}

Tried<VoteView> Hall::wait_for(ConsoleId console, VoteId vote, VoteState state)
{
    VoteView view;
    const bool came = wait_until(console, [&](const Shown& shown) {
        const auto found = shown.votes.find(vote);
        if (found == shown.votes.end() || found->second.state != state) return false;
        view = found->second;
        return true;
    });
    if (!came) return trouble("the vote was not shown as " + std::string(codec::enum_name(state)));
    return view;
}

std::size_t Hall::lost() const
{
    return static_cast<std::size_t>(
        std::ranges::count_if(consoles_, [](const auto& one) { return one->lost.load(); }));
}

std::chrono::microseconds percentile(std::vector<std::chrono::microseconds> times, unsigned percent)
{
    if (times.empty()) return std::chrono::microseconds(0);
    const auto at = std::min(times.size() - 1, times.size() * percent / 100);
    std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(at));
    return times[at];
}

} // namespace plenum::replay
