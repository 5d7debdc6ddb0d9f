#pragma once

#include "clients/link/pool.hpp"
#include "protocol/query.hpp"

#include <memory>

// A server that lies, as far as honest programs can meet one: it stands between them and a true server, says
// what that says, and something else where a lie wants it.

namespace plenum::replay {

/// Who is spoken to, as the true server knows this session.
struct Listener {
    PersonId person{};
    Role role = Role::observer;
};

/// One way to lie. What it does not override stays as the true server has it. Called on the network's
/// threads, one call at a time; may read files of the true server, and may not call its line.
class Lie {
public:
    Lie() = default;
    Lie(const Lie&) = delete;
    Lie& operator=(const Lie&) = delete;
    virtual ~Lie() = default;

    /// A whole view on its way, in a snapshot or by itself.
    virtual void change(const Listener&, VoteView&) {}
    virtual void change(const Listener&, KeyHoldersView&) {}
    /// The true answer to a request, which was done.
    virtual void change(const Listener&, const Request&, boost::json::value& /*answer*/) {}
    /// What is answered without asking the true server; nothing: it is asked.
    virtual std::optional<boost::json::value> answer(const Listener&, const Request&) { return std::nullopt; }
};

/// A page of a file, as box.read answers with it.
boost::json::value page_of(const Bytes& file, const ReadSecretFile& wanted);

/// The place where the lies are told. Honest at first.
class LyingLine {
public:
    /// Listens on a free port of this machine. `server` may be away at times; whoever was connected is then
    /// disconnected. Throws when it cannot listen.
    explicit LyingLine(link::Endpoint server);
    ~LyingLine();
    LyingLine(const LyingLine&) = delete;
    LyingLine& operator=(const LyingLine&) = delete;

    /// Where honest programs connect, in the belief that it is the server.
    link::Endpoint endpoint() const;

    /// From now on this lie is told, or the truth with none; everybody is told the newest view of every vote
    /// and of the key holders anew.
    void tell(std::shared_ptr<Lie> lie);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace plenum::replay
