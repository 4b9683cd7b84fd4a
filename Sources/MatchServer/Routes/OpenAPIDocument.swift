/// The OpenAPI 3.1 description of the interface, served as `/openapi.json`.
let openAPIDocument =
    openAPIHead + ",\n\"paths\": " + openAPIPaths + ",\n"
    + openAPIConversation + "\n}" + ",\n\"components\": " + openAPIComponents
    + openAPIEvidence + ",\n" + openAPISearch + ",\n" + openAPISchemas + "\n}\n"

/// What the document says about itself; not closed.
private let openAPIHead = #"""
    {
      "openapi": "3.1.0",
      "info": {
        "title": "Milaan",
        "version": "1",
        "summary": "Patient discovery for ABDM",
        "description": "Answers which of a facility's patient records belongs to the person of an ABDM discover request, with the reasons. Any other path is answered 404.",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}
      },
      "servers": [{"url": "/"}]
    """#
