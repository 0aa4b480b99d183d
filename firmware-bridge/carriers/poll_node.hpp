#pragma once

#include <filesystem>

namespace singel::firmware_bridge::carriers {

// A device node whose readiness can be set. libusb waits for POLLOUT on a usbfs node: a regular file always has it,
// so libusb would spin. A pseudo-terminal has it while its output flows, and has POLLERR | POLLHUP once its other
// end is closed, which is exactly what usbfs shows after an unplug.
class PollNode {
public:
    // Makes missing folders and the node at path (a link to the terminal), not ready. Throws core::Failure.
    explicit PollNode(std::filesystem::path path);
    ~PollNode();  // removes the node
    PollNode(const PollNode&) = delete;
    PollNode& operator=(const PollNode&) = delete;

    void set_ready(bool ready);
    void hang_up();  // POLLERR | POLLHUP for good

private:
    std::filesystem::path path_;
    int controller_ = -1, terminal_ = -1;
    bool ready_ = false;
};

}  // namespace singel::firmware_bridge::carriers
