#include "server/records_update.hpp"

#include "protocol/merkle.hpp"
#include "server/journal/posix_file.hpp"

namespace plenum {
namespace {

constexpr const char* folder_name = "records";
constexpr std::size_t entries_at_once = 2'000;

LocalFault not_written(boost::system::error_code error)
{
    return local_fault(error, "无法写入查询库", "the read model cannot be written");
}

/// One reading of the log into a read model.
class Update {
public:
    Update(const Shelf& shelf, records::Records& read_model)
        : shelf_(shelf), read_model_(read_model), known_(read_model.entries())
    {}

    enum class End { level, not_continued };
    boost::system::result<End, LocalFault> run(std::vector<LocalText>& remarks);
    std::uint64_t added() const { return read_model_.entries() - known_; }

private:
    bool take(std::uint64_t seq, std::string_view bytes);
    bool store();

    const Shelf& shelf_;
    records::Records& read_model_;
    const std::uint64_t known_; ///< how many entries were in before
    std::vector<std::string> waiting_;
    bool is_another_history_ = false;
    std::optional<std::uint64_t> strange_;
    Result<void> stored_;
};

bool Update::take(std::uint64_t seq, std::string_view bytes)
{
    if (seq + 1 < known_) return true;
    if (seq + 1 == known_) {
        is_another_history_ = !read_model_.continues(leaf_hash(bytes_of(bytes)));
        return !is_another_history_;
    }
    if (!shelf_.understand(seq, bytes)) {
        strange_ = seq;
        return false;
    }
    waiting_.emplace_back(bytes);
    return waiting_.size() < entries_at_once || store();
}

/// What waits goes in; one transaction each, so that an update may end at any point.
bool Update::store()
{
    stored_ = read_model_.take(waiting_, [this](const Digest& digest) { return shelf_.find(digest); });
    waiting_.clear();
    return stored_.has_value();
}

boost::system::result<Update::End, LocalFault> Update::run(std::vector<LocalText>& remarks)
{
    journal::Recovery report;
    const auto head =
        shelf_.read(report, [this](std::uint64_t seq, std::string_view bytes) { return take(seq, bytes); });
    if (!head) return local_fault(head.error(), report);
    if (strange_) return not_understood(*strange_);
    if (is_another_history_ || head->size < known_) return End::not_continued;
    if (!stored_ || !store()) {
        // Its documents were just looked at, so it is the read model that is damaged.
        if (stored_.error() == fault(Fault::corrupt)) return End::not_continued;
        return not_written(stored_.error());
    }
    for (const auto& remark : report.remarks)
        remarks.push_back({"末尾有未完成的写入，未计入", remark});
    return End::level;
}

} // namespace

std::string records_path(const std::string& data)
{
    return data + "/" + folder_name + "/records.sqlite";
}

boost::system::result<UpdatedRecords, LocalFault> update_records(const std::string& data, bool anew)
{
    auto root = journal::open_posix_directory(data);
    if (!root) return local_fault(root.error(), "无法打开数据目录", "cannot open " + data);
    const auto shelf = open_shelf(**root);
    if (!shelf) return shelf.error();
    const auto folder = (*root)->make_directory(folder_name);
    if (!folder) return not_written(folder.error());
    const auto lock = (*folder)->lock("lock");
    if (!lock && lock.error() == fault(Fault::in_use))
        return local_fault(lock.error(), "另一个程序正在更新查询库", "another program is updating it");
    if (!lock) return not_written(lock.error());
    auto opened = records::Records::open(records_path(data), shelf->verifier.name);
    if (!opened) return not_written(opened.error());
    UpdatedRecords updated{std::move(*opened), 0, false, {}};
    for (const bool last_try : {false, true}) {
        if (anew || last_try) {
            if (const auto cleared = updated.records.clear(); !cleared) return not_written(cleared.error());
        }
        updated.was_made_anew = updated.records.entries() == 0;
        Update update(*shelf, updated.records);
        const auto end = update.run(updated.remarks);
        if (!end) return end.error();
        updated.added = update.added();
        if (*end == Update::End::level) return updated;
    }
    return not_written(fault(Fault::corrupt));
}

} // namespace plenum
