# cmake -DOUTPUT=… -DTEXT=… -P embed_learned.cmake: the shipped figures as a string literal, so that a program needs no
# file beside it.
file(READ ${TEXT} text)
file(WRITE ${OUTPUT} "#include \"spectra/identify/learned_file.hpp\"

namespace singel::spectra::identify {

const std::string_view shipped_raman_text = R\"json(${text})json\";

}  // namespace singel::spectra::identify
")
