# cmake -DOUTPUT=… -DFOLDER=… -P embed_text.cmake: the starter tables as string literals, so that a program needs
# no file beside it.
set(body "#include \"spectra/io/starter_bands.hpp\"\n\nnamespace singel::spectra::io {\n\n")
foreach(table starter_bands starter_names starter_sources)
  file(READ ${FOLDER}/${table}.csv text)
  string(APPEND body "const std::string_view ${table}_csv = R\"csv(${text})csv\";\n\n")
endforeach()
string(APPEND body "}  // namespace singel::spectra::io\n")
file(WRITE ${OUTPUT} "${body}")
