#pragma once

#include <sys/types.h>

namespace singel::instrument::laser_guard {

// The process that started this guard, held by a descriptor: who gets its number after its death is never hit.
class Owner {
public:
    // Holds nothing when the parent of this process is another one: then the owner is dead already.
    explicit Owner(pid_t pid);
    ~Owner();
    Owner(const Owner&) = delete;
    Owner& operator=(const Owner&) = delete;

    // Ends a frozen owner, so that what it has claimed is free. Nothing to do when it is dead.
    void kill() const;

private:
    int descriptor_ = -1;
};

}  // namespace singel::instrument::laser_guard
