#include "clients/trustee/session.hpp"

#include "clients/link/console.hpp"
#include "clients/trustee/ceremony.hpp"

#include <sodium.h>

#include <map>
#include <thread>

namespace plenum::trustee {
namespace {

using std::chrono::milliseconds;

constexpr auto wait_for_news = std::chrono::seconds(5);

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
            if (console.open(settings_.endpoint)) {
                const auto hello = console.hello(code_);
                if (hello && hello->is_error) return words_of(*hello);
                if (hello && signed_in(*hello)) attempt = 0;
                if (hello && follow(console)) return {};
            }
            if (attempt == 0)
                settings_.say({"与服务器的连接中断，正在重连", "the line is lost; connecting again"});
            std::this_thread::sleep_for(link::reconnect_delay(attempt));
        }
    }

private:
    bool signed_in(const ServerMessage& message)
    {
        const auto answer = from_json<HelloAnswer>(message.body);
        if (!answer) return false;
        origin_ = answer->origin;
        me_ = answer->me.person;
        settings_.say({"已登录：" + answer->me.name, "signed in: " + answer->me.name});
        return true;
    }

    /// Follows what the server tells until the line is lost (false) or everything is done (true).
    bool follow(link::Console& console)
    {
        while (!console.closed()) {
            const auto message = console.next_message(wait_for_news);
            if (!message) continue;
            if (!take(console, *message)) return false;
            if (settings_.is_until_made && all_done()) return true;
        }
        return false;
    }

    bool take(link::Console& console, const ServerMessage& message)
    {
        if (message.method == "snapshot") {
            const auto view = from_json<SnapshotView>(message.body);
            if (!view) return true;
            for (const auto& keys : view->keys) {
                if (!take(console, keys)) return false;
            }
        } else if (message.method == KeyHoldersChanged::method) {
            const auto changed = from_json<KeyHoldersChanged>(message.body);
            if (changed) return take(console, changed->keys);
        }
        return true;
    }

    bool take(link::Console& console, const KeyHoldersView& view)
    {
        console_ = &console;
        const auto names_me = std::ranges::any_of(
            view.holders, [&](const KeyHolderView& holder) { return holder.person == me_; });
        if (!names_me) {
            ceremonies_.erase(view.meeting);
            return true;
        }
        auto& ceremony = ceremonies_[view.meeting];
        if (!ceremony) ceremony = std::make_unique<Ceremony>(keys_, me_, origin_, desk(), randomness_);
        return ceremony->take(view).has_value();
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
        desk.parts = [this](MeetingId meeting) -> Result<PartsAnswer> {
            const auto answer = console_->request(ReadParts::method, to_json(ReadParts{meeting}));
            if (!answer) return answer.error();
            auto parts =
                answer->is_error ? Decoded<PartsAnswer>(Misfit{}) : from_json<PartsAnswer>(answer->body);
            if (!parts) return fault(Fault::malformed);
            return std::move(*parts);
        };
        desk.keep = settings_.keep;
        desk.say = settings_.say;
        return desk;
    }

    bool all_done() const
    {
        return !ceremonies_.empty() &&
               std::ranges::all_of(ceremonies_, [](const auto& one) { return one.second->is_done(); });
    }

    HeldKeys& keys_;
    const std::string& code_;
    const SessionSettings& settings_;
    link::Pool pool_;
    SystemRandomness randomness_;
    link::Console* console_ = nullptr;
    std::string origin_;
    PersonId me_{};
    std::map<MeetingId, std::unique_ptr<Ceremony>> ceremonies_;
};

} // namespace

boost::system::result<void, LocalText> run_session(HeldKeys& keys, const std::string& code,
                                                   const SessionSettings& settings)
{
    return Session(keys, code, settings).run();
}

} // namespace plenum::trustee
