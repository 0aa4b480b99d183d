#pragma once

#include <string>
#include <vector>

namespace singel::spectra::identify {

// A substance or class that every result must speak about, whatever the library holds. A class lists members;
// it is covered when all of them are in the library, partly when some are.
struct Watched {
    std::string name;                   // "fentanyl", "nitazenes"
    std::vector<std::string> synonyms;  // other names of the substance itself
    std::vector<std::string> members;   // empty for a single substance
};

}  // namespace singel::spectra::identify
