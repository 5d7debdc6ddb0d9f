#pragma once

#include "clients/link/console.hpp"
#include "clients/replay/stage.hpp"
#include "clients/trustee/key_file.hpp"
#include "protocol/query.hpp"

#include <boost/test/unit_test.hpp>

#include <sodium.h>

#include <functional>

// A key holder whose program is another one: it has the holder's key file and access code, and says what it
// likes.

namespace plenum::replay {

class SystemRandomness final : public ballot::Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

class LyingHolder {
public:
    /// Signs in. `key_file` is opened by the first line of `passphrase_file`, `code_file` holds the code.
    LyingHolder(const link::Endpoint& server, const std::string& key_file, const std::string& passphrase_file,
                const std::string& code_file)
        : console_(pool_), keys_(trustee::KeyFile(key_file).open(first_line(passphrase_file)).value()),
          key_(keys_.signing_key())
    {
        BOOST_REQUIRE(console_.open(server).has_value());
        const auto hello = console_.hello(first_line(code_file));
        BOOST_REQUIRE((hello && !hello->is_error));
        const auto answer = *from_json<HelloAnswer>(hello->body);
        me_ = answer.me.person;
        origin_ = answer.origin;
    }

    PersonId me() const { return me_; }
    const std::string& origin() const { return origin_; }
    const SigningKey& key() const { return key_; }
    Bytes public_key() const
    {
        const auto bytes = key_.public_key();
        return {bytes.begin(), bytes.end()};
    }
    const trustee::HeldKeys& keys() const { return keys_; }
    ballot::Randomness& randomness() { return randomness_; }

    /// A command that must be done.
    void act(const Command& command)
    {
        const auto answer = console_.request(method_of(command), encode_params(command));
        BOOST_REQUIRE(answer.has_value());
        BOOST_REQUIRE_MESSAGE(!answer->is_error, boost::json::serialize(answer->body));
    }

    /// Waits for a view of the key holders that `holds`.
    KeyHoldersView keys_when(const std::function<bool(const KeyHoldersView&)>& holds)
    {
        for (;;) {
            const auto message = console_.next_message(std::chrono::seconds(60));
            BOOST_REQUIRE(message.has_value());
            std::optional<KeyHoldersView> view;
            if (message->method == "snapshot") {
                const auto snapshot = *from_json<SnapshotView>(message->body);
                if (!snapshot.keys.empty()) view = snapshot.keys.front();
            } else if (message->method == KeyHoldersChanged::method) {
                view = from_json<KeyHoldersChanged>(message->body)->keys;
            }
            if (view && holds(*view)) return *view;
        }
    }
    KeyHoldersView keys_at(CeremonyPhase phase)
    {
        return keys_when([&](const KeyHoldersView& view) { return view.phase == phase; });
    }

private:
    static std::string first_line(const std::string& path)
    {
        const auto text = read_text(path);
        return text.substr(0, text.find('\n'));
    }

    link::Pool pool_;
    link::Console console_;
    trustee::HeldKeys keys_;
    SigningKey key_;
    SystemRandomness randomness_;
    PersonId me_{};
    std::string origin_;
};

} // namespace plenum::replay
