#pragma once

#include <map>
#include <string>
#include <string_view>

/// The `///` comments of the protocol headers, so that what stands in the schemas for a person to read is
/// written once: beside the C++ declaration. Keys are `VoteView` for a type and `VoteView.text` for a member
/// or enumerator.
class HeaderComments {
public:
    /// Reads the headers below `root`/protocol that describe what travels or is recorded.
    explicit HeaderComments(const std::string& root);

    /// The comment, or nothing to show.
    std::string of(const std::string& type) const;
    std::string of(const std::string& type, std::string_view member) const;

private:
    void read(const std::string& file);

    std::map<std::string, std::string> comments_;
};
