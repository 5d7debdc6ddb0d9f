#include "tests/sim/console.hpp"

#include "protocol/note.hpp"
#include "tests/sim/ballot_requests.hpp"

#include <charconv>

namespace plenum::sim {
namespace {

constexpr std::uint64_t retry_us_min = 20'000;
constexpr std::uint64_t retry_us_max = 1'500'000;
constexpr std::uint64_t away_us_min = 500'000;
constexpr std::uint64_t away_us_max = 15'000'000;

/// The size on the second line of a checkpoint; the witness has looked at the signature.
std::uint64_t size_of(const std::string& checkpoint)
{
    std::uint64_t size = 0;
    const auto line = checkpoint.find('\n') + 1;
    std::from_chars(checkpoint.data() + line, checkpoint.data() + checkpoint.size(), size);
    return size;
}

bool is_before_hello(const ServerMessage& message)
{
    constexpr auto code = refusal_code_base + static_cast<std::int64_t>(RefusalCode::sign_in_first);
    return message.is_error && message.body.at("code").as_int64() == code;
}

} // namespace

Console::Console(World& world, Network& network, Ear& ear, std::size_t index, Actor actor, std::string code)
    : world_(world), network_(network), ear_(ear), index_(index), actor_(actor), code_(std::move(code))
{}

bool Console::is_waiting_for(std::string_view method) const
{
    return std::ranges::any_of(waiting_,
                               [&](const auto& waiting) { return waiting.second.method == method; });
}

std::string Console::unrest() const
{
    if (set_aside_ || (greeted_ && screen_.drawn && waiting_.empty())) return {};
    std::string words = to_text(actor_) + " at console " + std::to_string(index_);
    if (retired_) return words + " has no valid code; ";
    if (!greeted_) return words + " is not greeted; ";
    if (!screen_.drawn) return words + " shows nothing; ";
    return words + " waits for " + waiting_.begin()->second.text + "; ";
}

void Console::connect()
{
    if (session_ || connecting_ || retired_ || set_aside_) return;
    session_ = network_.connect(index_);
    if (session_) return greet();
    connecting_ = true;
    world_.schedule.after(world_.random.between(retry_us_min, retry_us_max), [this] {
        connecting_ = false;
        connect();
    });
}

void Console::greet()
{
    if (!world_.calm && world_.random.chance(world_.faults.forget_permille)) {
        // A page loaded anew does not know either what it had asked.
        screen_ = {};
        waiting_.clear();
        refused_.clear();
    }
    Hello hello;
    hello.code = code_;
    if (screen_.drawn) hello.since = screen_.since;
    if (!checkpoint_.empty()) hello.checkpoint = checkpoint_;
    // A program that forgets to say hello first is refused, not believed.
    if (world_.random.chance(20)) send_again();
    hello_id_ = "hello-" + std::to_string(next_id_++);
    network_.send(*session_, encode_request(hello_id_, Hello::method, to_json(hello)));
}

/// The person comes back to this console, and the other one is set aside; not once all is to be quiet.
void Console::take_up()
{
    if (world_.calm) return;
    set_aside_ = false;
    connect();
}

void Console::cut(bool replaced)
{
    session_.reset();
    greeted_ = false;
    channel_.clear();
    if (replaced) {
        set_aside_ = true;
        world_.schedule.after(world_.random.between(away_us_min, away_us_max), [this] { take_up(); });
        return;
    }
    connecting_ = true;
    world_.schedule.after(world_.random.between(retry_us_min, retry_us_max), [this] {
        connecting_ = false;
        connect();
    });
}

void Console::use_code(std::string code)
{
    code_ = std::move(code);
    retired_ = false;
    set_aside_ = false;
    connect();
}

void Console::ask(const Command& command)
{
    ask(method_of(command), encode_params(command));
}

void Console::ask(std::string_view method, const boost::json::value& params)
{
    if (retired_) return;
    const auto id = "c" + std::to_string(index_) + "-" + std::to_string(next_id_++);
    const auto& asked = waiting_[id] = {std::string(method), encode_request(id, method, params)};
    if (!greeted_) return;
    network_.send(*session_, asked.text);
    if (!world_.calm && world_.random.chance(world_.faults.duplicate_permille))
        network_.send(*session_, asked.text);
}

void Console::echo(const Console& other)
{
    if (!greeted_ || other.waiting_.empty()) return;
    const auto& [id, asked] = *other.waiting_.begin();
    waiting_[id] = asked;
    network_.send(*session_, asked.text);
}

void Console::babble(std::string text)
{
    if (greeted_) network_.send(*session_, std::move(text));
}

void Console::send_again()
{
    for (const auto& [id, asked] : waiting_)
        network_.send(*session_, asked.text);
}

void Console::delivered(const Message& message)
{
    const auto heard = ear_.hear(message);
    if (!std::holds_alternative<std::monostate>(heard->news)) {
        redraw(heard->news);
        if (listeners_.screen_changed) listeners_.screen_changed(*this);
    } else if (heard->message.id == hello_id_) {
        greeted(heard->message);
    } else if (heard->message.id) {
        answered(heard->message);
    }
}

void Console::greeted(const ServerMessage& message)
{
    if (message.is_error) {
        // The code was replaced by a newer one, which may be on its way to this console.
        retired_ = true;
        network_.hang_up(*session_);
        session_.reset();
        return;
    }
    auto answer = from_json<HelloAnswer>(message.body);
    claim(answer.has_value(), "an answer to hello cannot be read");
    claim(answer->me.person == *actor_.person && answer->me.role == actor_.role,
          "hello took one for somebody else");
    greeted_ = true;
    channel_ = answer->channel;
    if (size_of(answer->checkpoint) > checkpoint_size_) {
        checkpoint_size_ = size_of(answer->checkpoint);
        checkpoint_ = std::move(answer->checkpoint);
    }
    if (answer->resumed) {
        claim(screen_.drawn, "resumed without since");
        ++world_.census.resumed;
        screen_.me = std::move(answer->me);
    } else {
        screen_ = {};
    }
    send_again();
}

void Console::answered(const ServerMessage& message)
{
    if (is_before_hello(message)) return; // It goes out again once hello is answered.
    auto found = waiting_.extract(*message.id);
    if (!found) found = refused_.extract(*message.id);
    if (!found) return; // The answer to a duplicate.
    if (message.is_error) {
        refused_.insert(std::move(found));
        return;
    }
    const auto& asked = found.mapped();
    if (asked.method == IssueAccessCodes::method) {
        const auto issued = from_json<IssuedCodes>(message.body);
        claim(issued.has_value(), "issued codes cannot be read");
        if (listeners_.codes_issued) listeners_.codes_issued(*this, *issued);
    } else if (asked.method == CastVote::method) {
        const auto receipt = from_json<Receipt>(message.body);
        claim(receipt.has_value(), "a receipt cannot be read");
        pressed(asked, *receipt);
    } else if (is_ballot_request(asked.method) && listeners_.ballot_answered) {
        listeners_.ballot_answered(*this, *decode_request(asked.text), message.body);
    }
}

void Console::pressed(const Waiting& asked, const Receipt& receipt)
{
    const auto request = decode_request(asked.text);
    const auto cast = from_json<CastVote>(request->params);
    const auto same = std::ranges::find(screen_.me.presses, cast->vote, &MyPress::vote);
    if (same == screen_.me.presses.end()) {
        screen_.me.presses.push_back({cast->vote, cast->choice, receipt.seq});
    } else if (same->seq < receipt.seq) {
        *same = {cast->vote, cast->choice, receipt.seq};
    }
}

void Console::redraw(const SnapshotView& snapshot)
{
    screen_ = {};
    screen_.drawn = true;
    screen_.me = snapshot.me;
    screen_.since = snapshot.seq;
    for (const auto& agenda : snapshot.agendas)
        screen_.agendas[agenda.meeting] = agenda;
    for (const auto& sitting : snapshot.sittings)
        screen_.sittings[sitting.id] = sitting;
    for (const auto& floor : snapshot.floors)
        screen_.floors[floor.sitting] = floor;
    for (const auto& vote : snapshot.votes)
        screen_.votes[vote.id] = vote;
    for (const auto& keys : snapshot.keys)
        screen_.keys[keys.meeting] = keys;
}

void Console::redraw(const ItemChanged& changed)
{
    // An agenda of the past is on no screen that came later; what still happens to its items is not either.
    const auto agenda = screen_.agendas.find(changed.meeting);
    if (agenda == screen_.agendas.end()) return;
    auto& items = agenda->second.items;
    const auto same = std::ranges::find(items, changed.item.id, &ItemView::id);
    // A queue that is behind replaces an agenda by its newer whole, which then comes after its items.
    if (same != items.end()) *same = changed.item;
}

void Console::redraw(const News& news)
{
    if (const auto* snapshot = std::get_if<SnapshotView>(&news)) return redraw(*snapshot);
    if (!screen_.drawn) return; // Sent before the snapshot this console waits for.
    std::visit(
        [&]<class N>(const N& told) {
            if constexpr (requires { told.seq; }) {
                claim(told.seq >= screen_.since, "notifications run backwards");
                screen_.since = told.seq;
            }
            if constexpr (std::is_same_v<N, AgendaChanged>) {
                screen_.agendas[told.agenda.meeting] = told.agenda;
            } else if constexpr (std::is_same_v<N, ItemChanged>) {
                redraw(told);
            } else if constexpr (std::is_same_v<N, SittingChanged>) {
                screen_.sittings[told.sitting.id] = told.sitting;
            } else if constexpr (std::is_same_v<N, FloorChanged>) {
                screen_.floors[told.floor.sitting] = told.floor;
            } else if constexpr (std::is_same_v<N, KeyHoldersChanged>) {
                screen_.keys[told.keys.meeting] = told.keys;
            } else if constexpr (std::is_same_v<N, VoteChanged>) {
                screen_.votes[told.vote.id] = told.vote;
            } else if constexpr (std::is_same_v<N, CountsChanged>) {
                const auto found = screen_.sittings.find(told.sitting);
                if (found != screen_.sittings.end()) found->second.counts = told.counts;
            } else if constexpr (std::is_same_v<N, VoteProgress>) {
                const auto found = screen_.votes.find(told.vote);
                // Of secret votes it stands in no view: the clerk counts ballots, and not the record.
                if (found != screen_.votes.end() && !found->second.secret)
                    found->second.received = told.received;
            } else if constexpr (std::is_same_v<N, MeChanged>) {
                screen_.me = told.me;
            }
        },
        news);
}

} // namespace plenum::sim
