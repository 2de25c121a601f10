// Ladderbot in Azure: the bot's registration with its Teams channel, and one small machine with the container.
//
//   az deployment group create -g <group> -f deploy/azure.bicep \
//     -p image=<registry>/ladderbot:<version> sshKey="$(cat ~/.ssh/id_ed25519.pub)"
//
// A user-assigned managed identity is the bot: there is no secret to keep, and none that expires.
// A machine with a disk, and not a container service: the database is one SQLite file in WAL mode, and
// the file shares that those services offer (SMB, NFS) do not keep its locks.
// What was checked of this file, and what was not: docs/operate.md, chapter Azure.

@description('Where everything is made, but for the registration, which is global.')
param location string = resourceGroup().location

@description('The name of everything. The bot has the address <name>.<location>.cloudapp.azure.com.')
@minLength(4)
@maxLength(32)
param name string = 'ladderbot-${take(uniqueString(resourceGroup().id), 6)}'

@description('The container image, with its registry and its tag; the machine must be able to pull it.')
param image string

@description('Public SSH key of the administrator. Port 22 is shut: use az vm run-command, or open it for yourself.')
param sshKey string

@description('Who a member can reach: a name or an e-mail address.')
param contact string = 'de organisatie van de CoP'

@description('Entra object ids of the organisers, separated by commas.')
param organisers string = ''

var host = '${name}.${location}.cloudapp.azure.com'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource guard 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: name
  location: location
  properties: {
    securityRules: [
      {
        name: 'https'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          // 80 only to get and renew the certificate; it redirects everything else.
          destinationPortRanges: [
            '80'
            '443'
          ]
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: name
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.20.0.0/24'
      ]
    }
    subnets: [
      {
        name: 'bot'
        properties: {
          addressPrefix: '10.20.0.0/27'
          networkSecurityGroup: {
            id: guard.id
          }
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2023-11-01' = {
  name: name
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
    dnsSettings: {
      domainNameLabel: name
    }
  }
}

resource card 'Microsoft.Network/networkInterfaces@2023-11-01' = {
  name: name
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'bot'
        properties: {
          subnet: {
            id: network.properties.subnets[0].id
          }
          publicIPAddress: {
            id: address.id
          }
        }
      }
    ]
  }
}

// The words between {{ }} of the machine's first start.
var withImage = replace(loadTextContent('cloud-init.yaml'), '{{image}}', image)
var withHost = replace(withImage, '{{host}}', host)
var withApp = replace(withHost, '{{app}}', identity.properties.clientId)
var withTenant = replace(withApp, '{{tenant}}', identity.properties.tenantId)
var withContact = replace(withTenant, '{{contact}}', contact)
var firstStart = replace(withContact, '{{organisers}}', organisers)

resource machine 'Microsoft.Compute/virtualMachines@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    hardwareProfile: {
      vmSize: 'Standard_B1ms'
    }
    storageProfile: {
      imageReference: {
        publisher: 'Debian'
        offer: 'debian-12'
        sku: '12-gen2'
        version: 'latest'
      }
      osDisk: {
        createOption: 'FromImage'
        diskSizeGB: 32
        managedDisk: {
          storageAccountType: 'StandardSSD_LRS'
        }
      }
    }
    osProfile: {
      computerName: 'ladderbot'
      adminUsername: 'beheer'
      customData: base64(firstStart)
      linuxConfiguration: {
        disablePasswordAuthentication: true
        patchSettings: {
          patchMode: 'AutomaticByPlatform'
        }
        ssh: {
          publicKeys: [
            {
              path: '/home/beheer/.ssh/authorized_keys'
              keyData: sshKey
            }
          ]
        }
      }
    }
    networkProfile: {
      networkInterfaces: [
        {
          id: card.id
        }
      ]
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Ladderbot'
    endpoint: 'https://${host}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppType: 'UserAssignedMSI'
    msaAppTenantId: identity.properties.tenantId
    msaAppMSIResourceId: identity.id
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      acceptedTerms: true
    }
  }
}

@description('PUBLIC_URL for the Teams app package; look at /healthz and /readyz there.')
output publicUrl string = 'https://${host}'

@description('MicrosoftAppId for the Teams app package.')
output appId string = identity.properties.clientId

@description('MicrosoftAppTenantId for the Teams app package.')
output tenantId string = identity.properties.tenantId
