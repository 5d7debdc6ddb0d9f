#include "clients/trustee/session.hpp"

#include "clients/link/console.hpp"
#include "clients/link/fetch.hpp"
#include "clients/trustee/ceremony.hpp"

#include <sodium.h>

#include <map>
#include <thread>

namespace plenum::trustee {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr auto wait_for_news = std::chrono::seconds(2);
constexpr std::size_t document_bytes_max = 1024 * 1024;

/// The operating system's.
class SystemRandomness final : public ballot::Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

/// The words of an error answer.
LocalText words_of(const ServerMessage& message)
{
    const auto* error = message.body.if_object();
    const auto* data = error == nullptr ? nullptr : error->if_contains("data");
    const auto* object = data == nullptr ? nullptr : data->if_object();
    const auto* reason = object == nullptr ? nullptr : object->if_contains("reason");
    if (reason != nullptr) {
        if (auto text = from_json<LocalText>(*reason)) return std::move(*text);
    }
    const auto all = boost::json::serialize(message.body);
    return {all, all};
}

class Session {
public:
    Session(HeldKeys& keys, const std::string& code, const SessionSettings& settings)
        : keys_(keys), code_(code), settings_(settings)
    {}

    boost::system::result<void, LocalText> run()
    {
        for (unsigned attempt = 0;; ++attempt) {
            link::Console console(pool_);
            console_ = &console;
            if (console.open(settings_.endpoint)) {
                const auto hello = console.hello(code_);
                if (hello && hello->is_error) return words_of(*hello);
                const auto ended = hello && signed_in(*hello) ? follow() : fault(Fault::io_error);
                if (ended) return {};
                if (ended.error() != make_error_code(Fault::io_error))
                    return LocalText{"密钥文件无法写入：" + ended.error().message(),
                                     "the key file cannot be written: " + ended.error().message()};
                if (is_signed_in_) attempt = 0;
            }
            if (attempt == 0)
                settings_.say({"与服务器的连接中断，正在重连", "the line is lost; connecting again"});
            is_signed_in_ = false;
            std::this_thread::sleep_for(link::reconnect_delay(attempt));
        }
    }

private:
    bool signed_in(const ServerMessage& message)
    {
        const auto answer = from_json<HelloAnswer>(message.body);
        const auto log = answer ? verifier_from_vkey(answer->vkey) : fault(Fault::malformed);
        if (!log || log->name != answer->origin) return false;
        if (votes_ && *log != log_) {
            settings_.say({"服务器换成了另一个日志", "the server now is that of another log"});
            return false;
        }
        log_ = *log;
        me_ = answer->me.person;
        entries_ = answer->seq;
        is_signed_in_ = true;
        settings_.say({"已登录：" + answer->me.name, "signed in: " + answer->me.name});
        return true;
    }

    /// Follows what the server tells until everything is done. Fault::io_error when the line is lost.
    Result<void> follow()
    {
        if (!votes_) votes_.emplace(keys_, me_, log_, settings_.choices, desk(), randomness_);
        if (auto begun = votes_->begin_line(entries_); !begun) return begun;
        auto looked_at = Clock::now();
        while (!console_->closed()) {
            const auto message = console_->next_message(wait_for_news);
            if (message) {
                if (auto taken = take(*message); !taken) return taken;
            }
            // However much there is to hear: what was not there may be there now.
            if (Clock::now() >= looked_at + wait_for_news) {
                looked_at = Clock::now();
                if (auto looked = votes_->look_again(); !looked) return looked;
            }
            if (settings_.is_until_made && all_made()) return {};
            if (all_over()) return {};
        }
        return fault(Fault::io_error);
    }

    Result<void> take(const ServerMessage& message)
    {
        if (message.method == "snapshot") return take_as<SnapshotView>(message, [](auto& v) { return v; });
        if (message.method == KeyHoldersChanged::method)
            return take_as<KeyHoldersChanged>(message, [](auto& v) { return v.keys; });
        if (message.method == VoteChanged::method)
            return take_as<VoteChanged>(message, [](auto& v) { return v.vote; });
        if (message.method == BoxProgress::method)
            return take_as<BoxProgress>(message, [](auto& v) { return v; });
        if (message.method == AgendaChanged::method)
            return take_as<AgendaChanged>(message, [](auto& v) { return v.agenda; });
        return {};
    }

    /// What cannot be read is not for this program.
    template <class Message, class Part>
    Result<void> take_as(const ServerMessage& message, Part part)
    {
        auto read = from_json<Message>(message.body);
        if (!read) return {};
        return take(part(*read));
    }

    Result<void> take(const SnapshotView& view)
    {
        for (const auto& keys : view.keys)
            if (auto taken = take(keys); !taken) return taken;
        for (const auto& vote : view.votes)
            if (auto taken = take(vote); !taken) return taken;
        for (const auto& agenda : view.agendas)
            if (auto taken = take(agenda); !taken) return taken;
        return {};
    }
    Result<void> take(const VoteView& view) { return votes_->take(view); }
    Result<void> take(const BoxProgress& progress) { return votes_->take(progress); }
    Result<void> take(const AgendaView& view) { return votes_->take(view); }

    Result<void> take(const KeyHoldersView& view)
    {
        const auto names_me = std::ranges::any_of(
            view.holders, [&](const KeyHolderView& holder) { return holder.person == me_; });
        if (!names_me) {
            ceremonies_.erase(view.meeting);
            return {};
        }
        auto& ceremony = ceremonies_[view.meeting];
        if (!ceremony) ceremony = std::make_unique<Ceremony>(keys_, me_, log_.name, desk(), randomness_);
        if (!votes_->is_over(view.meeting)) {
            if (auto taken = ceremony->take(view); !taken) return taken;
        }
        return votes_->take(view);
    }

    /// The answer to a query. Fault::not_found when the server refused it or said something else.
    template <class Answer, class Query>
    Result<Answer> ask(const Query& query)
    {
        const auto answer = console_->request(Query::method, to_json(query));
        if (!answer) return answer.error();
        if (answer->is_error) return fault(Fault::not_found);
        auto read = from_json<Answer>(answer->body);
        if (!read) return fault(Fault::not_found);
        return std::move(*read);
    }

    Desk desk()
    {
        Desk desk;
        desk.act = [this](const Command& command) -> Result<std::optional<LocalText>> {
            const auto answer = console_->request(method_of(command), encode_params(command));
            if (!answer) return answer.error();
            if (!answer->is_error) return std::optional<LocalText>();
            return std::optional(words_of(*answer));
        };
        desk.parts = [this](MeetingId meeting) { return ask<PartsAnswer>(ReadParts{meeting}); };
        desk.page = [this](const ReadSecretFile& wanted) { return ask<SecretFilePage>(wanted); };
        desk.roll = [this](VoteId vote) { return ask<RollAnswer>(ReadRoll{vote}); };
        desk.record = [this](const ProveRecord& wanted) { return ask<RecordProof>(wanted); };
        desk.document = [this](const Digest& digest) {
            return link::fetch(settings_.endpoint, "/documents/" + to_hex(digest), document_bytes_max);
        };
        desk.keep = settings_.keep;
        desk.say = settings_.say;
        desk.now_ms = [] {
            const auto now = std::chrono::steady_clock::now().time_since_epoch();
            return static_cast<std::uint64_t>(std::chrono::duration_cast<milliseconds>(now).count());
        };
        desk.now_s = [] {
            const auto now = std::chrono::system_clock::now().time_since_epoch();
            return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
        };
        return desk;
    }

    bool all_made() const
    {
        return !ceremonies_.empty() &&
               std::ranges::all_of(ceremonies_, [](const auto& one) { return one.second->is_done(); });
    }

    bool all_over() const
    {
        return !ceremonies_.empty() && std::ranges::all_of(ceremonies_, [&](const auto& one) {
            return votes_->is_settled(one.first);
        });
    }

    HeldKeys& keys_;
    const std::string& code_;
    const SessionSettings& settings_;
    link::Pool pool_;
    SystemRandomness randomness_;
    link::Console* console_ = nullptr;
    NoteVerifier log_;
    PersonId me_{};
    std::uint64_t entries_ = 0;
    bool is_signed_in_ = false;
    std::optional<SecretVotes> votes_;
    std::map<MeetingId, std::unique_ptr<Ceremony>> ceremonies_;
};

} // namespace

boost::system::result<void, LocalText> run_session(HeldKeys& keys, const std::string& code,
                                                   const SessionSettings& settings)
{
    return Session(keys, code, settings).run();
}

} // namespace plenum::trustee
